using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryCluster.LoadTests.Histories;

/// <summary>A history as JSON Lines: one operation or look a line, in the order of their beginnings, behind a line that says how many found no place.</summary>
internal static class HistoryFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static async Task WriteAsync(string path, History history, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync(JsonSerializer.Serialize(new Line { NotRecorded = history.NotRecorded }, Options).AsMemory(), cancellationToken);
        var lines = history.Operations.Select(operation => (At: operation.InvokedNs, Line: new Line { Operation = operation }))
            .Concat(history.Looks.Select(look => (At: look.InvokedNs, Line: new Line { Look = look })));
        foreach (var (_, line) in lines.OrderBy(entry => entry.At))
            await file.WriteLineAsync(JsonSerializer.Serialize(line, Options).AsMemory(), cancellationToken);
    }

    public static async Task<History> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var operations = new List<Operation>();
        var looks = new List<Look>();
        long notRecorded = 0;
        await foreach (var text in File.ReadLinesAsync(path, cancellationToken))
        {
            var line = JsonSerializer.Deserialize<Line>(text, Options) ?? throw new InvalidDataException($"{path} holds a line that is no part of a history.");
            notRecorded += line.NotRecorded;
            if (line.Operation is { } operation)
                operations.Add(operation);
            if (line.Look is { } look)
                looks.Add(look);
        }

        return new History { Operations = operations, Looks = looks, NotRecorded = notRecorded };
    }

    private sealed record Line
    {
        public long NotRecorded { get; init; }

        [JsonPropertyName("op")]
        public Operation? Operation { get; init; }

        public Look? Look { get; init; }
    }
}
