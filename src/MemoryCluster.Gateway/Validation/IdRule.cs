using MemoryCluster.Gateway.Problems;

namespace MemoryCluster.Gateway.Validation;

/// <summary>Reads the ids that callers choose, and those that the cluster gave.</summary>
internal static class IdRule
{
    public static TeamId Team(string text, string field) => new(Require(text, field));

    public static AgentId Agent(string text, string field) => new(Require(text, field));

    public static UserId User(string text, string field) => new(Require(text, field));

    public static RunId Run(string text, string field) => new(Require(text, field));

    public static string Replayer(string text, string field) => Require(text, field);

    public static ResourceId Resource(string text, string field) => new(Require(text, field));

    /// <summary>A memory's id; one that is not of the form names nothing that could be there.</summary>
    public static MemoryId Memory(string text, string field) =>
        MemoryId.TryParse(text, out var id) ? id : throw Malformed(field);

    public static RecallId Recall(string text, string field) =>
        RecallId.TryParse(text, out var id) ? id : throw Malformed(field);

    public static KeyId Key(string text, string field) =>
        KeyId.TryParse(text, out var id) ? id : throw Malformed(field);

    private static string Require(string text, string field)
    {
        if (!Identifier.IsValid(text))
        {
            throw new RefusalException(
                Refusals.IdInvalid, $"Give '{field}' 1 to {Identifier.LengthMax} characters of A-Z a-z 0-9 . _ - @ : and not '.' or '..'.", field);
        }

        return Identifier.IsReserved(text)
            ? throw new RefusalException(Refusals.IdReserved, $"Choose another '{field}': admin, system, null and default are reserved in every case.", field)
            : text;
    }

    private static RefusalException Malformed(string field) =>
        new(Refusals.IdInvalid, "Give the id exactly as an earlier answer gave it.", field);
}
