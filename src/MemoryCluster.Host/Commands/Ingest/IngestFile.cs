using System.Security.Cryptography;
using System.Text.Json;
using MemoryCluster.Contract;
using MemoryCluster.Host.Commands.Datasets;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>A file to ingest, read as often as needed: the same file and settings give the same batches with the same keys.</summary>
internal sealed class IngestFile
{
    // The server takes 1,000; a smaller batch is a smaller step of the progress bar and of what a crash repeats.
    private const int BatchMemoriesMax = 100;

    // A quarter of the megabyte that a body may have: the largest text, escaped to six bytes a character, still fits.
    private const int BatchCharactersMax = 256 * 1024;

    private readonly string _path;
    private readonly IngestFormat _format;
    private readonly string? _team;
    private readonly string? _agent;

    private IngestFile(string path, IngestFormat format, string? team, string? agent)
    {
        _path = path;
        _format = format;
        _team = team;
        _agent = agent;
    }

    /// <summary>Stands for the file's content and the settings: what a kept position and the keys are good for.</summary>
    public required string Fingerprint { get; init; }

    public static async Task<IngestFile> OpenAsync(
        string path, IngestFormat format, string? team, string? agent, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        var content = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
        format = format == IngestFormat.Auto ? Detect(path) : format;
        return new IngestFile(path, format, team, agent) { Fingerprint = $"{content} {format} {team ?? "*"} {agent ?? "*"}" };
    }

    public IEnumerable<IngestLine> Lines() => JsonLinesFile.Read(_path).Select((line, index) => Read(line.Line, line.Json, index));

    /// <summary>The memories in the order of the file, cut where a batch is full.</summary>
    public IEnumerable<IngestBatch> Batches()
    {
        var items = new List<IngestItem>();
        var characters = 0;
        var ordinal = 0;
        foreach (var item in Lines().SelectMany(line => line.Memories.Select(memory => new IngestItem(line.Number, memory))))
        {
            if (items.Count == BatchMemoriesMax || (items.Count > 0 && characters + item.Memory.Text.Length > BatchCharactersMax))
                yield return Cut();
            items.Add(item);
            characters += item.Memory.Text.Length;
        }

        if (items.Count > 0)
            yield return Cut();

        IngestBatch Cut()
        {
            var batch = new IngestBatch(ordinal, Key(ordinal), items);
            (ordinal, items, characters) = (ordinal + 1, [], 0);
            return batch;
        }
    }

    private static IngestFormat Detect(string path) =>
        JsonLinesFile.Read(path).FirstOrDefault().Json is { } first && LocomoConversation.Is(first) ? IngestFormat.Locomo : IngestFormat.Jsonl;

    private string Key(int ordinal) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Fingerprint} {ordinal}")).AsSpan(0, 16));

    private IngestLine Read(int number, JsonElement? line, int index)
    {
        if (line is null)
            return new IngestLine(number, [], "it is no JSON");
        try
        {
            return new IngestLine(number, _format == IngestFormat.Locomo ? ReadConversation(line.Value, index) : [ReadMemory(line.Value)]);
        }
        catch (Exception problem) when (problem is InvalidDataException or JsonException)
        {
            return new IngestLine(number, [], problem.Message);
        }
    }

    private RememberRequest[] ReadConversation(JsonElement line, int index)
    {
        var conversation = LocomoConversation.Parse(line);
        var team = _team ?? SafeId.Of($"locomo-{conversation.Id ?? $"{index + 1}"}");
        return [.. conversation.Turns.Select(turn => turn.ToMemory(team, _agent ?? SafeId.Of(turn.Speaker)))];
    }

    private RememberRequest ReadMemory(JsonElement line)
    {
        var memory = line.Deserialize(ContractJson.Strict.RememberRequest) ?? throw new InvalidDataException("it is null");
        return memory with
        {
            Team = memory.Team ?? _team ?? throw new InvalidDataException("it names no team: give --team"),
            Agent = memory.Agent ?? _agent ?? throw new InvalidDataException("it names no agent: give --agent"),
        };
    }
}
