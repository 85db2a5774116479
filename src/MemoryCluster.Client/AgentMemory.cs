using MemoryCluster.Contract;

namespace MemoryCluster.Client;

/// <summary>One agent's memory within its team, for one user or none. It reads its own writes: each recall asks for the newest of them.</summary>
public sealed class AgentMemory
{
    private readonly MemoryClusterClient _client;
    private readonly WriteMark _written;

    internal AgentMemory(MemoryClusterClient client, string team, string agent)
        : this(client, team, agent, user: null, new WriteMark())
    {
        ArgumentException.ThrowIfNullOrEmpty(team);
        ArgumentException.ThrowIfNullOrEmpty(agent);
    }

    private AgentMemory(MemoryClusterClient client, string team, string agent, string? user, WriteMark written)
    {
        _client = client;
        _written = written;
        Team = team;
        Agent = agent;
        User = user;
    }

    /// <summary>The team's id.</summary>
    public string Team { get; }

    /// <summary>The agent's id.</summary>
    public string Agent { get; }

    /// <summary>The user on whose behalf the agent writes and asks.</summary>
    public string? User { get; }

    /// <summary>The same agent's memory on behalf of a user.</summary>
    public AgentMemory For(string user) => new(_client, Team, Agent, user, _written);

    /// <summary>Asks for a text to be kept, as a fact for the team unless said otherwise.</summary>
    public Task<RememberResponse> RememberAsync(
        string text, MemoryKind? kind = null, Visibility? visibility = null, CancellationToken cancellationToken = default) =>
        RememberAsync(new RememberRequest { Text = text, Kind = kind, Visibility = visibility }, cancellationToken: cancellationToken);

    /// <summary>Asks for a memory to be kept; its team, agent and user are this memory's.</summary>
    /// <param name="request">The memory.</param>
    /// <param name="idempotencyKey">Null makes one that covers the client's own repeats.</param>
    /// <param name="cancellationToken">Ends the waiting; whether it was written is then unknown.</param>
    public async Task<RememberResponse> RememberAsync(
        RememberRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = await _client.RememberAsync(Own(request), idempotencyKey, cancellationToken).ConfigureAwait(false);
        _written.Advance(answer.Seq);
        return answer;
    }

    /// <summary>Asks for up to 1,000 memories to be kept; their team, agent and user are this memory's.</summary>
    /// <param name="requests">The memories.</param>
    /// <param name="idempotencyKey">Null makes one that covers the client's own repeats.</param>
    /// <param name="cancellationToken">Ends the waiting; what was written is then unknown.</param>
    public async Task<IReadOnlyList<RememberBatchItem>> RememberManyAsync(
        IEnumerable<RememberRequest> requests, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var own = requests.Select(Own).ToArray();
        var items = await _client.RememberManyAsync(own, idempotencyKey, cancellationToken).ConfigureAwait(false);
        _written.Advance(items.Max(item => item.Seq) ?? 0);
        return items;
    }

    /// <summary>The memories that answer a question best.</summary>
    /// <param name="query">1 to 8,192 bytes of UTF-8.</param>
    /// <param name="k">Hits wanted, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<RecallResponse> RecallAsync(string query, int k = 10, CancellationToken cancellationToken = default) =>
        RecallAsync(new RecallRequest { Query = query, K = k }, cancellationToken);

    /// <summary>The memories that answer a question best; its team, agent and user are this memory's.</summary>
    public Task<RecallResponse> RecallAsync(RecallRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var minSeq = request.MinSeq ?? _written.Seq;
        return _client.RecallAsync(
            request with { Team = Team, Agent = Agent, User = request.User ?? User, MinSeq = minSeq }, cancellationToken);
    }

    /// <summary>Reports how a recall turned out; each counts once.</summary>
    /// <param name="recall">The recall's answer.</param>
    /// <param name="reward">0 to 1.</param>
    /// <param name="used">Ids of the hits that were used; null for all of them.</param>
    /// <param name="run">
    /// The run that the recall served, as <see cref="MemoryClusterClient.SubmitRunAsync"/> named it: what each hit added is then measured on it.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task ReportOutcomeAsync(
        RecallResponse recall, double reward, IReadOnlyList<string>? used = null, string? run = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recall);
        return _client.ReportOutcomeAsync(recall.RecallId, new OutcomeRequest { Reward = reward, Used = used, Run = run }, cancellationToken);
    }

    private RememberRequest Own(RememberRequest request) => request with { Team = Team, Agent = Agent, User = request.User ?? User };
}
