using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Checking;

/// <summary>One search. Its list has an entry for each call, and one for each return of an operation that has to find its place.</summary>
internal sealed class LinearizabilitySearch
{
    private const int Head = 0;

    private readonly Operation[] _operations;
    private readonly long _stepsMax;
    private readonly int _configurationsMax;

    // Entry 0 is the head, and the end, of a ring; entry i > 0 is a call (1 + operation) or a return (1 + operation + count).
    private readonly int[] _next;
    private readonly int[] _previous;

    // Of those that must find a place.
    private readonly OperationSet _done;
    private readonly HashSet<(OperationSet Done, RegisterState State)> _visited = [];
    private readonly Stack<(int Operation, RegisterState Before)> _taken = [];
    private int _required;

    public LinearizabilitySearch(Operation[] operations, long stepsMax, int configurationsMax)
    {
        (_operations, _stepsMax, _configurationsMax) = (operations, stepsMax, configurationsMax);
        _done = new OperationSet(operations.Length);
        _next = new int[1 + (2 * operations.Length)];
        _previous = new int[_next.Length];
        var last = Head;
        foreach (var entry in Entries())
        {
            (_next[last], _previous[entry]) = (entry, last);
            last = entry;
        }

        (_next[last], _previous[Head]) = (Head, last);
        _required = operations.Count(operation => !operation.IsOptional);
    }

    public Linearizable Run()
    {
        var state = RegisterState.Unwritten;
        var entry = _next[Head];
        for (long steps = 0; _required > 0; steps++)
        {
            if (steps > _stepsMax || _visited.Count > _configurationsMax)
                return Linearizable.Undecided;
            if (IsCall(entry) && TryTake(entry - 1, state) is { } after)
            {
                state = after;
                entry = _next[Head];
            }
            else if (IsCall(entry))
            {
                entry = _next[entry];
            }
            else if (TryGoBack(out entry, out var before))
            {
                state = before;
            }
            else
            {
                return Linearizable.No;
            }
        }

        return Linearizable.Yes;
    }

    // A call at the moment of a return is beside it: the order of the two is not known.
    private IEnumerable<int> Entries()
    {
        var calls = Enumerable.Range(0, _operations.Length).Select(i => (At: _operations[i].InvokedNs, IsReturn: false, Entry: 1 + i));
        var returns = Enumerable.Range(0, _operations.Length).Where(i => !_operations[i].IsOptional)
            .Select(i => (At: _operations[i].ReturnedNs, IsReturn: true, Entry: 1 + i + _operations.Length));
        return calls.Concat(returns).Order().Select(entry => entry.Entry);
    }

    private bool IsCall(int entry) => entry is > Head && entry <= _operations.Length;

    private RegisterState? TryTake(int operation, RegisterState state)
    {
        if (Register.Apply(_operations[operation], state) is not { } after)
            return null;
        Flip(operation);
        // A read that is possible now is taken now: it changes nothing, so no order is lost by it, and there is nothing to remember.
        if (!Register.IsRead(_operations[operation]) && !_visited.Add((_done.Copy(), after)))
        {
            Flip(operation);
            return null;
        }

        _taken.Push((operation, state));
        Lift(operation);
        return after;
    }

    private bool TryGoBack(out int entry, out RegisterState state)
    {
        while (_taken.TryPop(out var last))
        {
            Unlift(last.Operation);
            Flip(last.Operation);
            (entry, state) = (_next[1 + last.Operation], last.Before);
            if (!Register.IsRead(_operations[last.Operation]))
                return true;
        }

        (entry, state) = (Head, default);
        return false;
    }

    // What may never have taken effect is not part of a configuration. Versions grow and a deletion is for ever, so once such an operation has
    // been passed by, taken or not, no later state admits it: two ways to one state that differ in it alone have the same future.
    private void Flip(int operation)
    {
        if (!_operations[operation].IsOptional)
            _done.Flip(operation);
    }

    private void Lift(int operation)
    {
        Unlink(1 + operation);
        if (_operations[operation].IsOptional)
            return;
        Unlink(1 + operation + _operations.Length);
        _required--;
    }

    // In the opposite order, so that every neighbour is where it was.
    private void Unlift(int operation)
    {
        if (!_operations[operation].IsOptional)
        {
            Link(1 + operation + _operations.Length);
            _required++;
        }

        Link(1 + operation);
    }

    private void Unlink(int entry) => (_next[_previous[entry]], _previous[_next[entry]]) = (_next[entry], _previous[entry]);

    private void Link(int entry) => _next[_previous[entry]] = _previous[_next[entry]] = entry;
}
