namespace MemoryCluster;

/// <summary>Words a summary of several texts. What it says is taken only where those texts bear it out, so it may err but not mislead.</summary>
public interface ISummaryWriter
{
    /// <summary>The model that it asks, as far as is known before an answer; empty where it is not.</summary>
    string Model { get; }

    /// <summary>One attempt. The same request may come again.</summary>
    /// <exception cref="SummaryException">There is no answer.</exception>
    Task<SummaryAnswer> WriteAsync(SummaryRequest request, CancellationToken cancellationToken);
}
