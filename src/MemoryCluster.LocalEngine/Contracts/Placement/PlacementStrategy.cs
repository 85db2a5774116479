namespace Orleans.Runtime;

/// <summary>How the silo of a new activation is chosen.</summary>
public abstract class PlacementStrategy
{
    public virtual bool IsUsingGrainDirectory => true;
}
