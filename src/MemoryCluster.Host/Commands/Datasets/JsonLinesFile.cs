using System.Text.Json;

namespace MemoryCluster.Host.Commands.Datasets;

/// <summary>A file with one JSON object a line.</summary>
internal static class JsonLinesFile
{
    /// <summary>The lines that are not empty, with their numbers from 1; null for one that is no JSON.</summary>
    public static IEnumerable<(int Line, JsonElement? Json)> Read(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return (number, TryParse(line));
        }
    }

    private static JsonElement? TryParse(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
