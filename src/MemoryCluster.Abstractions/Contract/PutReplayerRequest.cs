namespace MemoryCluster.Contract;

/// <summary>Body of <c>PUT /api/v1/replayers/{name}</c>.</summary>
public sealed record PutReplayerRequest
{
    /// <summary>Where replays are posted: https, without credentials and fragment, at most 2,048 characters.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// What the posts are signed with: 16 to 256 visible ASCII characters, or <c>whsec_</c> and 24 to 64 bytes in base64. No answer shows it.
    /// </summary>
    public required string Secret { get; init; }

    /// <summary>Its name alone: a record would print its members, the secret too.</summary>
    public override string ToString() => nameof(PutReplayerRequest);
}
