using System.Reflection;
using MemoryCluster.LocalEngine.Filters;
using Orleans.Serialization.Invocation;

namespace MemoryCluster.LocalEngine.Proxies;

/// <summary>One call's method and arguments. Emitted classes derive from it, one per grain method, with a typed field per argument.</summary>
internal abstract class Invocation : IInvokable
{
    /// <summary>What the grain gets for its token parameter.</summary>
    public CancellationToken Token;

    public abstract GrainMethod Method { get; }

    /// <summary>Whether the request counts as use of the grain.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Whether the request comes from the activation itself, where no filter has a say.</summary>
    internal virtual bool IsOwn => false;

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object value);

    public object? GetTarget() => null;

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;

    public string GetActivityName() => $"{Method.InterfaceName}/{Method.Name}";

    public MethodInfo GetMethod() => Method.Definition;

    public Type GetInterfaceType() => Method.Definition.DeclaringType!;

    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    public CancellationToken GetCancellationToken() => Token;

    public void Dispose()
    {
    }

    /// <summary>Calls the grain. What it throws at once comes back as a failed task.</summary>
    internal Task Start(object grain)
    {
        try
        {
            return Invoke(grain) ?? throw new InvalidOperationException($"{GetActivityName()} returned null instead of a task.");
        }
#pragma warning disable CA1031 // The edge of the grain: whatever it throws is the caller's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Faulted(exception);
        }
    }

    public abstract Task Invoke(object grain);

    internal abstract Task Faulted(Exception exception);

    internal abstract object? ResultOf(Task completed);

    /// <summary>Runs the filters and what they wrap; the task has the type of the method's result.</summary>
    internal abstract Task RunFiltered(FilteredCall call);
}
