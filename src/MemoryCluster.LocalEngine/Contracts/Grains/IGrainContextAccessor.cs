namespace Orleans.Runtime;

/// <summary>The activation that the calling code runs in.</summary>
public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}
