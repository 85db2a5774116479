using MemoryCluster.LocalEngine.Proxies;

namespace MemoryCluster.LocalEngine.Timers;

/// <summary>A request of an activation to itself: it takes its turn like any other, but no filter sees it.</summary>
internal sealed class OwnInvocation(Func<Task> callback, bool interleaves, bool keepsAlive) : Invocation<VoidResult>
{
    private static readonly GrainMethod Tick = new(typeof(IGrainTicks).GetMethod(nameof(IGrainTicks.Tick))!);
    private static readonly GrainMethod TickInterleaved = new(typeof(IGrainTicks).GetMethod(nameof(IGrainTicks.TickInterleaved))!);

    public override GrainMethod Method => interleaves ? TickInterleaved : Tick;

    internal override bool KeepsAlive => keepsAlive;

    internal override bool IsOwn => true;

    public override int GetArgumentCount() => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override Task Invoke(object grain) => callback();
}
