namespace MemoryCluster.Host.Commands.Datasets;

internal static class SafeId
{
    /// <summary>A name from a data set as an id: characters that ids may not have become dashes.</summary>
    public static string Of(string name)
    {
        var id = string.Concat(name.Trim().Take(Identifier.LengthMax).Select(c => Identifier.IsValid([c, 'x']) ? c : '-'));
        return Identifier.IsValid(id) && !Identifier.IsReserved(id) ? id : $"id-{id}";
    }
}
