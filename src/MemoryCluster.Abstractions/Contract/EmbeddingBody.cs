namespace MemoryCluster.Contract;

/// <summary>How far a team's vectors have come to the model in use.</summary>
public sealed record EmbeddingBody
{
    /// <summary>The model that new vectors are made by.</summary>
    public required string Model { get; init; }

    /// <summary>Components of its vectors.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Memories that have a vector of it.</summary>
    public required int Done { get; init; }

    /// <summary>Memories that wait for one; until then they are found by the vector of the model before.</summary>
    public required int Waiting { get; init; }
}
