using System.Text.Json;

namespace MemoryCluster.Deploy.Tests.Containers;

/// <summary>A Dockerfile's instructions, continued lines joined and comments left out.</summary>
internal sealed record Dockerfile(IReadOnlyList<(string Name, string Arguments)> Instructions)
{
    private static readonly HashSet<string> Names =
        ["ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "RUN", "STOPSIGNAL", "USER", "WORKDIR"];

    /// <summary>Instructions of the last stage: what the image is.</summary>
    public IReadOnlyList<(string Name, string Arguments)> Final => [.. Instructions.Skip(Instructions.ToList().FindLastIndex(line => line.Name == "FROM"))];

    /// <exception cref="InvalidDataException">A line begins with no instruction that an image of ours needs.</exception>
    public static Dockerfile Parse(string text)
    {
        var lines = string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal);
        var instructions = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(words => (words[0], words.Length > 1 ? words[1] : ""))
            .ToArray();
        return Array.Find(instructions, line => !Names.Contains(line.Item1)) is { Item1: { } unknown }
            ? throw new InvalidDataException($"{unknown} is no instruction that is used here.")
            : new Dockerfile(instructions);
    }

    public string Last(string name) => Instructions.Last(line => line.Name == name).Arguments;

    /// <summary>The words of an instruction in the form that needs no shell.</summary>
    public static string[] Words(string arguments) => JsonSerializer.Deserialize<string[]>(arguments)!;
}
