namespace MemoryCluster.Simulations.Checking;

/// <summary>
/// Whether the steps of one memory have an order that respects real time and in which each is possible: the search of J. Wing and C. Gong
/// (J. Parallel and Distributed Computing 17, 1993), with the table of visited configurations of G. Lowe (2017).
/// </summary>
internal sealed class Linearizability
{
    private const int StepsMax = 128;

    private readonly LifeStep[] _steps;
    private readonly UInt128 _required;
    private readonly HashSet<(UInt128 Done, LifeState State)> _visited = [];

    private Linearizability(LifeStep[] steps)
    {
        _steps = steps;
        for (var i = 0; i < steps.Length; i++)
        {
            _required |= steps[i].IsOptional ? 0 : UInt128.One << i;
        }
    }

    public static bool Holds(IEnumerable<LifeStep> steps)
    {
        var ordered = steps.OrderBy(step => step.Start).ThenBy(step => step.End).ToArray();
        if (ordered.Length > StepsMax)
        {
            throw new ArgumentException($"{ordered.Length} steps on one memory and the limit is {StepsMax}; make the scenario smaller.", nameof(steps));
        }

        return new Linearizability(ordered).Search(0, LifeState.Unwritten);
    }

    private bool Search(UInt128 done, LifeState state)
    {
        done = TakeReads(done, state);
        if ((done & _required) == _required)
        {
            return true;
        }

        if (!_visited.Add((done, state)))
        {
            return false;
        }

        var horizon = Horizon(done);
        for (var i = 0; i < _steps.Length && _steps[i].Start <= horizon; i++)
        {
            if (!IsDone(done, i) && !_steps[i].IsRead && _steps[i].Apply(state) is { } next && Search(done | (UInt128.One << i), next))
            {
                return true;
            }
        }

        return false;
    }

    // A read that is possible now is taken now: it changes nothing, so no order is lost by it.
    private UInt128 TakeReads(UInt128 done, LifeState state)
    {
        for (var took = true; took;)
        {
            took = false;
            var horizon = Horizon(done);
            for (var i = 0; i < _steps.Length && _steps[i].Start <= horizon; i++)
            {
                if (!IsDone(done, i) && _steps[i].IsRead && _steps[i].Apply(state) is not null)
                {
                    done |= UInt128.One << i;
                    took = true;
                }
            }
        }

        return done;
    }

    // Whatever begins after this has somebody before it who is not done.
    private long Horizon(UInt128 done)
    {
        var horizon = long.MaxValue;
        for (var i = 0; i < _steps.Length; i++)
        {
            if (!IsDone(done, i) && !_steps[i].IsOptional)
            {
                horizon = Math.Min(horizon, _steps[i].End);
            }
        }

        return horizon;
    }

    private static bool IsDone(UInt128 done, int step) => (done >> step & 1) != 0;
}
