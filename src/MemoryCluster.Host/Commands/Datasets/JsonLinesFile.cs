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

    /// <summary>The same of a file that may also be one JSON array: its elements, numbered from 1.</summary>
    public static IEnumerable<(int Number, JsonElement? Json)> ReadArrayOrLines(string path)
    {
        using var file = new StreamReader(path);
        while (char.IsWhiteSpace((char)file.Peek()))
            file.Read();
        if (file.Peek() != '[')
            return Read(path);
        return TryParse(file.ReadToEnd()) is { } array
            ? array.EnumerateArray().Select((element, index) => (index + 1, (JsonElement?)element))
            : throw new InvalidDataException("The file begins as a JSON array and is none.");
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
