namespace Orleans;

/// <summary>A state and its etag on their way to or from a storage.</summary>
public interface IGrainState<T>
{
    T? State { get; set; }

    string? ETag { get; set; }

    bool RecordExists { get; set; }
}
