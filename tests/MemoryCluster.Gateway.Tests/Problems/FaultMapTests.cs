using System.Runtime.CompilerServices;
using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Tests.Problems;

public sealed class FaultMapTests
{
    public static TheoryData<MemoryFault> Faults => [.. Enum.GetValues<MemoryFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void EveryFault_HasAStatus_AndOnlyOursHideTheirMessage(MemoryFault fault)
    {
        var status = FaultMap.Status(fault);

        Assert.InRange(status, 400, 504);
        Assert.Equal(status >= 500, FaultMap.PublicDetail(fault) is not null);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void RetryAfter_IsGivenWhereWaitingAloneHelps(MemoryFault fault) =>
        Assert.Equal(
            fault.IsTransient() && fault is not (MemoryFault.OutcomeUnknown or MemoryFault.DeadlineExceeded),
            FaultMap.RetryAfterSeconds(fault) is not null);

    [Fact]
    public void EnginesExceptions_MeanWhatTheirCallersMustKnow()
    {
        Assert.Equal(MemoryFault.OutcomeUnknown, FaultMap.Classify(new TimeoutException(), writes: true));
        Assert.Equal(MemoryFault.DeadlineExceeded, FaultMap.Classify(new TimeoutException(), writes: false));
        Assert.Equal(MemoryFault.OutcomeUnknown, FaultMap.Classify(new TaskCanceledException(), writes: true));
        Assert.Equal(MemoryFault.DeadlineExceeded, FaultMap.Classify(new OperationCanceledException(), writes: false));
        Assert.Equal(MemoryFault.OutcomeUnknown, FaultMap.Classify(new SiloUnavailableException(), writes: true));
        Assert.Equal(MemoryFault.ShardUnavailable, FaultMap.Classify(new SiloUnavailableException(), writes: false));
        Assert.Equal(MemoryFault.Overloaded, FaultMap.Classify(new LimitExceededException(), writes: true));
        Assert.Equal(MemoryFault.Overloaded, FaultMap.Classify(new GatewayTooBusyException(), writes: true));
        Assert.Equal(MemoryFault.ShardUnavailable, FaultMap.Classify(Made<OrleansMessageRejectionException>(), writes: true));
        Assert.Equal(MemoryFault.Unspecified, FaultMap.Classify(new InvalidOperationException(), writes: false));
    }

    // Orleans makes these only itself.
    private static T Made<T>()
        where T : Exception => (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
