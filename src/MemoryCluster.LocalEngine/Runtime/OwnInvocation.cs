using MemoryCluster.LocalEngine.Proxies;

namespace MemoryCluster.LocalEngine.Runtime;

/// <summary>A request of the engine to an activation: it takes its turn like any other, but no filter sees it.</summary>
internal sealed class OwnInvocation(GrainMethod method, Func<Task> callback, bool keepsAlive) : Invocation<VoidResult>
{
    public static GrainMethod Tick { get; } = Named(nameof(IOwnRequests.Tick));

    public static GrainMethod TickInterleaved { get; } = Named(nameof(IOwnRequests.TickInterleaved));

    public static GrainMethod ReceiveFromStream { get; } = Named(nameof(IOwnRequests.ReceiveFromStream));

    public override GrainMethod Method => method;

    internal override bool KeepsAlive => keepsAlive;

    internal override bool IsOwn => true;

    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override Task Invoke(object grain) => callback();

    private static GrainMethod Named(string name) => new(typeof(IOwnRequests).GetMethod(name)!);
}
