using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>A memory as a register with versions: written once, changed by compare-and-set on its version, deleted for ever.</summary>
internal static class Register
{
    /// <summary>The state after an operation; null where it cannot happen in this state with this outcome.</summary>
    public static RegisterState? Apply(Operation operation, RegisterState state) => operation.Outcome switch
    {
        OperationOutcome.Ok => operation.Kind == OperationKind.Read
            ? state.IsThere && state.Version == operation.Version && state.Text == operation.Text ? state : null
            : Effect(operation, state) is { } next && (operation.Version == 0 || operation.Version == next.Version) ? next : null,
        OperationOutcome.Absent => state.IsThere ? null : state,
        OperationOutcome.Stale => state.IsThere && state.Version != operation.IfVersion ? state : null,
        OperationOutcome.Unknown => Effect(operation, state),
        OperationOutcome.Fail or OperationOutcome.Unspecified or _ =>
            throw new ArgumentException($"{operation} says nothing about the memory.", nameof(operation)),
    };

    /// <summary>Whether it says something about the memory's states.</summary>
    public static bool Concerns(Operation operation) =>
        operation.Outcome != OperationOutcome.Fail && !(operation is { Kind: OperationKind.Read, Outcome: OperationOutcome.Unknown });

    /// <summary>Whether it leaves the state as it is.</summary>
    public static bool IsRead(Operation operation) =>
        operation.Kind == OperationKind.Read || operation.Outcome is OperationOutcome.Absent or OperationOutcome.Stale;

    private static RegisterState? Effect(Operation operation, RegisterState state) => operation.Kind switch
    {
        OperationKind.Create => state == RegisterState.Unwritten ? new RegisterState(1, operation.Text) : null,
        OperationKind.Patch => state.IsThere && state.Version == operation.IfVersion ? new RegisterState(state.Version + 1, operation.Text) : null,
        OperationKind.Delete => state.IsThere ? RegisterState.Deleted : null,
        OperationKind.Read or OperationKind.Unspecified or _ => throw new ArgumentException($"{operation} has no effect.", nameof(operation)),
    };
}
