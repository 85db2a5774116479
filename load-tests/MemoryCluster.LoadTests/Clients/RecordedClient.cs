using MemoryCluster.Client;
using MemoryCluster.Contract;
using MemoryCluster.LoadTests.Chaos;
using MemoryCluster.LoadTests.Histories;

namespace MemoryCluster.LoadTests.Clients;

/// <summary>One client, one call at a time, which writes down what it asks and what it is told.</summary>
internal sealed class RecordedClient(RecordedCalls calls, ProcessRecorder record, ChaosTally tally)
{
    /// <summary>The agent of every client, in every team.</summary>
    public const string Agent = "client";

    private const int RecallDepth = 10;

    /// <summary>The memory, where it was acknowledged; null where that is not known.</summary>
    public async Task<KnownMemory?> CreateAsync(string team, string key, string text, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = new RememberRequest { Team = team, Agent = Agent, Text = text, Kind = MemoryKind.Episode };
        var done = await calls.AskAsync(
            client => client.RememberAsync(request, idempotencyKey, cancellationToken), isRepeatable: idempotencyKey is not null, cancellationToken);
        Add(OperationKind.Create, team, key, done, text: text, version: done.Answer?.Version ?? 0, id: done.Answer?.Id, seq: done.Answer?.Seq ?? 0);
        if (done.Answer is not { } answer)
            return null;
        if (answer.Decision is not (Decision.Admitted or Decision.Candidate))
            tally.Violate("not kept", $"{key} was {answer.Decision} ({answer.Reason})");
        tally.Count("writes");
        return new KnownMemory(key, team, answer.Id, new MemoryContent(answer.Version, text, answer.Seq));
    }

    public async Task<OperationOutcome> PatchAsync(KnownMemory memory, string text, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var version = memory.Content.Version;
        var changes = new PatchMemoryRequest { Text = text };
        var done = await calls.AskAsync(
            client => client.PatchMemoryAsync(memory.Id, version, changes, idempotencyKey, cancellationToken),
            isRepeatable: idempotencyKey is not null, cancellationToken);
        // A repetition is answered with the memory as it is by then: the change took effect before, and this was seen after.
        var isItself = done.Answer is { } answer && answer.Version == version + 1 && answer.Text == text;
        Add(OperationKind.Patch, memory, done, version, text, version: isItself ? version + 1 : 0, id: done.Answer?.Id, seq: isItself ? done.Answer!.Seq : 0);
        if (done.Answer is { } seen)
        {
            if (!isItself)
                Add(OperationKind.Read, memory, done with { InvokedNs = done.LastInvokedNs }, 0, seen.Text, seen.Version, seen.Id, seen.Seq);
            memory.Tell(new MemoryContent(seen.Version, seen.Text, seen.Seq));
            tally.Count("writes that change");
        }

        return done.Outcome;
    }

    public async Task<OperationOutcome> DeleteAsync(KnownMemory memory, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var done = await calls.AskAsync(
            client => client.DeleteMemoryAsync(memory.Id, idempotencyKey, cancellationToken), isRepeatable: idempotencyKey is not null, cancellationToken);
        Add(OperationKind.Delete, memory, done);
        if (done.Outcome == OperationOutcome.Ok)
            tally.Count("writes that delete");
        return done.Outcome;
    }

    public async Task<OperationOutcome> ReadAsync(KnownMemory memory, CancellationToken cancellationToken)
    {
        var done = await calls.AskAsync(client => client.GetMemoryAsync(memory.Id, cancellationToken), isRepeatable: true, cancellationToken);
        if (done.Outcome is not (OperationOutcome.Ok or OperationOutcome.Absent))
            return done.Outcome;
        tally.Count("looks by id");
        // Only the last of its repetitions saw anything.
        var answer = done.Answer;
        Add(
            OperationKind.Read, memory, done with { InvokedNs = done.LastInvokedNs },
            0, answer?.Text, answer?.Version ?? 0, answer?.Id, answer?.Seq ?? 0);
        if (answer is { } seen)
            memory.Tell(new MemoryContent(seen.Version, seen.Text, seen.Seq));
        return done.Outcome;
    }

    /// <summary>Recalls by a memory's own text, naming the write that made it or none; whether the answer was whole.</summary>
    public async Task<bool> RecallAsync(KnownMemory memory, bool namesWrite, CancellationToken cancellationToken)
    {
        var content = memory.Content;
        var request = new RecallRequest
        {
            Team = memory.Team, Agent = Agent, Query = content.Text, K = RecallDepth, MinSeq = namesWrite ? content.Seq : null,
        };
        var done = await calls.AskAsync(client => client.RecallAsync(request, cancellationToken), isRepeatable: true, cancellationToken);
        if (done.Answer is not { } answer)
            return false;
        tally.Count(answer.Partial ? "recalls that were partial" : "recalls");
        record.Add(new Look
        {
            Process = record.Process, Kind = LookKind.Recall, Team = memory.Team, InvokedNs = done.LastInvokedNs, ReturnedNs = done.ReturnedNs,
            Wanted = memory.Key, MinSeq = request.MinSeq ?? 0, IsPartial = answer.Partial,
            Seen = [.. answer.Hits.Select(hit => new Sighting(KeyOf(hit.Text), hit.Id, hit.Version, hit.Text))],
        });
        return !answer.Partial;
    }

    /// <summary>Everything of a team.</summary>
    public async Task ListAsync(string team, CancellationToken cancellationToken)
    {
        var done = await calls.AskAsync(client => AllAsync(client, team, cancellationToken), isRepeatable: true, cancellationToken);
        if (done.Answer is not { } memories)
            return;
        tally.Count("memories listed", memories.Count);
        record.Add(new Look
        {
            Process = record.Process, Kind = LookKind.List, Team = team, InvokedNs = done.LastInvokedNs, ReturnedNs = done.ReturnedNs,
            Seen = [.. memories.Select(memory => new Sighting(KeyOf(memory.Text), memory.Id, memory.Version, memory.Text))],
        });
    }

    private static async Task<List<MemoryResponse>> AllAsync(MemoryClusterClient client, string team, CancellationToken cancellationToken)
    {
        var memories = new List<MemoryResponse>();
        await foreach (var memory in client.ListMemoriesAsync(new MemoryFilter { Team = team, PageSize = 100 }, cancellationToken))
            memories.Add(memory);
        return memories;
    }

    /// <summary>A text begins with its memory's key.</summary>
    private static string KeyOf(string text) => text[..Math.Max(text.IndexOf(' ', StringComparison.Ordinal), 0)];

    private void Add<T>(
        OperationKind kind, KnownMemory memory, Attempted<T> done, int ifVersion = 0, string? text = null, int version = 0, string? id = null, long seq = 0)
        where T : class
    {
        memory.CountOperation();
        Add(kind, memory.Team, memory.Key, done, ifVersion, text, version, id, seq);
    }

    private void Add<T>(
        OperationKind kind, string team, string key, Attempted<T> done,
        int ifVersion = 0, string? text = null, int version = 0, string? id = null, long seq = 0)
        where T : class => record.Add(new Operation
        {
            Process = record.Process, Kind = kind, Team = team, Key = key, InvokedNs = done.InvokedNs, ReturnedNs = done.ReturnedNs,
            Outcome = done.Outcome, IfVersion = ifVersion, Text = text, Version = version, Id = id, Seq = seq,
        });
}
