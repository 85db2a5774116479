namespace Orleans;

/// <summary>A state and its etag on their way to or from a storage.</summary>
[GenerateSerializer]
public sealed class GrainState<T>(T? state, string? eTag) : IGrainState<T>
{
    public GrainState()
        : this(default, null)
    {
    }

    public GrainState(T? state)
        : this(state, null)
    {
    }

    [Id(0)]
    public T? State { get; set; } = state;

    [Id(1)]
    public string? ETag { get; set; } = eTag;

    [Id(2)]
    public bool RecordExists { get; set; }
}
