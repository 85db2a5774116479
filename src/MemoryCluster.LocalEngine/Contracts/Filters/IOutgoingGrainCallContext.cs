using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to leave its caller.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation; null when a client calls.</summary>
    IGrainContext? SourceContext { get; }
}
