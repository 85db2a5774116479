using MemoryCluster.LoadTests.Checking;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.Cluster.Tests.Checking;

/// <summary>Histories of one memory that a correct cluster had: operations on a register one by one, seen from both sides of their moment.</summary>
internal sealed class RandomHistory(Random random)
{
    private RegisterState _state;
    private int _texts;
    private int _deletedIn;

    /// <param name="spread">How many operations may lie between a call and its moment, and between that and its return.</param>
    /// <param name="unknownShare">Share of the writes whose outcome is not told; half of them take no effect.</param>
    public Operation[] Of(int count, int spread, double unknownShare)
    {
        (_state, _texts, _deletedIn) = (RegisterState.Unwritten, 0, 2 * count);
        return [.. Enumerable.Range(1, count).Select(i => Next(i, 100L * i, 100 * spread, unknownShare))];
    }

    /// <summary>The same with one thing changed, which may or may not make it impossible.</summary>
    public Operation[] Mutated(Operation[] operations)
    {
        var changed = operations.ToArray();
        var index = random.Next(changed.Length);
        var operation = changed[index];
        changed[index] = random.Next(5) switch
        {
            0 => operation with { Version = operation.Version + random.Next(1, 3) },
            1 => operation with { Text = $"text-{random.Next(_texts + 1)}" },
            2 => operation with { Outcome = operation.Kind == OperationKind.Patch ? OperationOutcome.Stale : OperationOutcome.Absent },
            3 => operation with { InvokedNs = operation.InvokedNs + 300, ReturnedNs = operation.IsOptional ? long.MaxValue : operation.ReturnedNs + 300 },
            _ => operation with { IfVersion = operation.IfVersion + 1 },
        };
        return changed;
    }

    private Operation Next(int process, long at, int spread, double unknownShare)
    {
        var asked = new Operation
        {
            Process = process, Kind = NextKind(), Key = "k", Team = "t", InvokedNs = at - random.Next(spread), ReturnedNs = at + random.Next(spread),
            Outcome = OperationOutcome.Unknown,
        };
        asked = asked.Kind switch
        {
            OperationKind.Create => asked with { Text = NextText() },
            OperationKind.Patch => asked with { Text = NextText(), IfVersion = Math.Max(1, _state.Version - random.Next(2)) },
            _ => asked,
        };
        if (asked.Kind == OperationKind.Read)
        {
            return _state.IsThere
                ? asked with { Outcome = OperationOutcome.Ok, Version = _state.Version, Text = _state.Text }
                : asked with { Outcome = OperationOutcome.Absent };
        }

        var isUnknown = random.NextDouble() < unknownShare;
        if (isUnknown && random.Next(2) == 0)
            return asked with { ReturnedNs = long.MaxValue };
        return Effect(asked, isUnknown);
    }

    private Operation Effect(Operation asked, bool isUnknown)
    {
        if (Register.Apply(asked, _state) is not { } next)
        {
            return isUnknown ? asked with { ReturnedNs = long.MaxValue }
                : asked.Kind == OperationKind.Create ? asked with { Outcome = OperationOutcome.Fail }
                : asked with { Outcome = _state.IsThere ? OperationOutcome.Stale : OperationOutcome.Absent };
        }

        _state = next;
        return isUnknown ? asked with { ReturnedNs = long.MaxValue } : asked with { Outcome = OperationOutcome.Ok, Version = Math.Max(0, next.Version) };
    }

    private OperationKind NextKind() =>
        _state == RegisterState.Unwritten ? (random.Next(3) == 0 ? OperationKind.Read : OperationKind.Create)
        : random.Next(_deletedIn) == 0 ? OperationKind.Delete
        : random.Next(2) == 0 ? OperationKind.Read
        : OperationKind.Patch;

    private string NextText() => $"text-{++_texts}";
}
