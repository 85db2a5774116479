using MemoryCluster.LocalEngine.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Timers;

namespace MemoryCluster.LocalEngine.Hosting;

internal sealed class GrainRuntime(
    IServiceProvider services, IGrainFactory grainFactory, ITimerRegistry timerRegistry, TimeProvider timeProvider, ILocalSiloDetails silo) : IGrainRuntime
{
    public string SiloIdentity => silo.SiloAddress.ToString();

    public SiloAddress SiloAddress => silo.SiloAddress;

    public IGrainFactory GrainFactory => grainFactory;

    public ITimerRegistry TimerRegistry => timerRegistry;

    public IServiceProvider ServiceProvider => services;

    public TimeProvider TimeProvider => timeProvider;

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).DelayDeactivation(timeSpan);
}
