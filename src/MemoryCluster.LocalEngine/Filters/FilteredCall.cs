using System.Reflection;
using MemoryCluster.LocalEngine.Proxies;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace MemoryCluster.LocalEngine.Filters;

/// <summary>A call on its way through its filters: each filter's <see cref="Invoke"/> goes on with the next, the last with the call itself.</summary>
internal abstract class FilteredCall(Invocation invocation, GrainId targetId, object grain, GrainId? sourceId) : IGrainCallContext
{
    private int _next;

    public IInvokable Request => invocation;

    public object Grain => grain;

    public GrainId? SourceId => sourceId;

    public GrainId TargetId => targetId;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(invocation.GetInterfaceType().FullName!);

    public string InterfaceName => invocation.Method.InterfaceName;

    public string MethodName => invocation.Method.Name;

    public MethodInfo InterfaceMethod => invocation.Method.Definition;

    public object? Result { get; set; }

    protected abstract int FilterCount { get; }

    public async Task Invoke()
    {
        // A filter may go on more than once (a retry), so the position is its own, not the last one's.
        var position = _next++;
        try
        {
            if (position < FilterCount)
            {
                await InvokeFilter(position);
            }
            else
            {
                var running = InvokeCall();
                await running;
                Result = invocation.ResultOf(running);
            }
        }
        finally
        {
            _next = position;
        }
    }

    protected abstract Task InvokeFilter(int position);

    protected abstract Task InvokeCall();
}
