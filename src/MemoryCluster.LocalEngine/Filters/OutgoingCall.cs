using MemoryCluster.LocalEngine.Proxies;
using MemoryCluster.LocalEngine.Runtime;
using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Filters;

/// <summary>Runs the caller's filters, then sends the call.</summary>
internal sealed class OutgoingCall<TResult>(
    GrainProxy proxy, Invocation<TResult> invocation, IOutgoingGrainCallFilter[] filters, Activation? source)
    : FilteredCall(invocation, proxy.GrainId, proxy, source?.GrainId), IOutgoingGrainCallContext
{
    private readonly Invocation<TResult> _invocation = invocation;
    private readonly CancellationToken _callerToken = invocation.Token;

    public IGrainContext? SourceContext => source;

    protected override int FilterCount => filters.Length;

    protected override Task InvokeFilter(int position) => filters[position].Invoke(this);

    protected override Task InvokeCall()
    {
        // Sending replaces the token by the call's own; a second attempt starts again from the caller's.
        _invocation.Token = _callerToken;
        return proxy.Binding.Cluster.SendUnfiltered(proxy, _invocation);
    }
}
