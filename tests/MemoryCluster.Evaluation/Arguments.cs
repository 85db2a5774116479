namespace MemoryCluster.Evaluation;

/// <summary>Options of the form <c>--name value</c>.</summary>
internal static class Arguments
{
    public static string Required(string[] arguments, string name) =>
        Optional(arguments, name) ?? throw new ArgumentException($"{name} VALUE is needed.");

    public static string? Optional(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
