using System.Runtime.CompilerServices;
using MemoryCluster.LocalEngine.Runtime;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>The base of emitted references: every method makes an invocation and sends it.</summary>
internal abstract class GrainProxy : GrainReference
{
    private readonly GrainId _grainId;

    public GrainProxy(GrainBinding binding, GrainId grainId)
    {
        Binding = binding;
        _grainId = grainId;
    }

    public GrainBinding Binding { get; }

    /// <summary>The last activation that answered. Only a hint: an activation that has ended refuses, and the directory is asked again.</summary>
    public Activation? Hint { get; set; }

    public override GrainId GrainId => _grainId;

    public override string InterfaceName => Binding.Interface.Name;

    internal override TGrainInterface Cast<TGrainInterface>() => Binding.Cluster.GetReference<TGrainInterface>(_grainId);

    protected Task<TResult> Send<TResult>(Invocation<TResult> invocation) => Unsafe.As<Task<TResult>>(Binding.Cluster.Send(this, invocation));

    protected Task SendVoid(Invocation<VoidResult> invocation) => Binding.Cluster.Send(this, invocation);
}
