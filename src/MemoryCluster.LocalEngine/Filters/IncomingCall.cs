using System.Reflection;
using MemoryCluster.LocalEngine.Proxies;
using MemoryCluster.LocalEngine.Runtime;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Filters;

/// <summary>Runs the filters of the silo, then the grain's own, then the grain.</summary>
internal sealed class IncomingCall(Invocation invocation, Activation activation, object grain, GrainId? sourceId)
    : FilteredCall(invocation, activation.GrainId, grain, sourceId), IIncomingGrainCallContext
{
    private readonly Invocation _invocation = invocation;
    private readonly IIncomingGrainCallFilter[] _filters = grain is IIncomingGrainCallFilter own
        ? [.. activation.Silo.IncomingFilters, own]
        : activation.Silo.IncomingFilters;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = Grain.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    protected override int FilterCount => _filters.Length;

    protected override Task InvokeFilter(int position) => _filters[position].Invoke(this);

    protected override Task InvokeCall() => _invocation.Start(Grain);
}
