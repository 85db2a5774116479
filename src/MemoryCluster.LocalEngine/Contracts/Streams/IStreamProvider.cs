using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A kind of streams.</summary>
public interface IStreamProvider
{
    string Name { get; }

    /// <summary>Whether a subscriber may ask for what was sent before.</summary>
    bool IsRewindable { get; }

    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
