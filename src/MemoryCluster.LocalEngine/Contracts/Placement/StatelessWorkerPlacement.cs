namespace Orleans.Runtime;

internal sealed class StatelessWorkerPlacement : PlacementStrategy
{
    public StatelessWorkerPlacement(int maxLocal = -1) => MaxLocal = maxLocal > 0 ? maxLocal : Environment.ProcessorCount;

    public int MaxLocal { get; }

    public override bool IsUsingGrainDirectory => false;
}
