using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace MemoryCluster.LocalEngine.Tests.Grains;

/// <summary>Lets in what is urgent.</summary>
[MayInterleave(nameof(IsUrgent))]
internal sealed class SelectiveTurnGrain(Log log) : TurnGrain(log)
{
    public static bool IsUrgent(IInvokable request) => request.GetArgument(0) is "urgent";
}
