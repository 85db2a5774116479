namespace MemoryCluster.Controller;

/// <summary>How many replays a team has left today, by UTC.</summary>
internal sealed class ReplayBudget(int left)
{
    private int _left = left;

    public bool HasLeft => _left > 0;

    public bool TryTake() => _left > 0 && _left-- > 0;
}
