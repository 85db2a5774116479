using MemoryCluster.Simulations.Checking;
using MemoryCluster.Simulations.Histories;

namespace MemoryCluster.Simulations.Tests.Checking;

/// <summary>A history told by hand: calls one after another, ten ticks each, unless said otherwise.</summary>
internal sealed class Tale
{
    public static readonly TeamId Team = new("red");
    public static readonly TeamId OtherTeam = new("blue");
    public static readonly AgentId Agent = new("coder");
    public static readonly UserId Ann = new("ann");
    public static readonly UserId Bob = new("bob");
    public static readonly ResourceId Wiki = new("wiki");
    public static readonly RunId Run = new("run-1");
    public static readonly Caller Operator = new() { Tenant = new TenantId("acme"), Key = new KeyId(Guid.Empty) };
    public static readonly Caller ForAnn = Operator with { Team = Team, Agent = Agent, User = Ann };
    public static readonly AccessEdge AnnCallsAgent = new AccessEdge.UserAgent(Ann, Agent);

    private readonly List<Call> _calls = [];
    private readonly HashSet<AccessEdge> _edges = [AnnCallsAgent, new AccessEdge.UserAgent(Bob, Agent), new AccessEdge.AgentResource(Agent, Wiki)];
    private long _now = 100;
    private bool _mayDouble;
    private RunAccounts _runs = new();

    public Origin Origin { get; init; } = new(Team, Agent, Ann, Run, []);

    public static MemoryId Id(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static Guid Key(int number) => new(number, 1, 0, new byte[8]);

    public ImmutableArray<Violation> Check() => HistoryRules.Check(new History
    {
        Calls = [.. _calls.OrderBy(call => call.Start)],
        Edges = [.. _edges],
        MayDouble = _mayDouble,
        Runs = _runs,
        Members = new Dictionary<TeamId, ImmutableHashSet<AgentId>> { [Team] = [Agent], [OtherTeam] = [new AgentId("tester")] }.ToImmutableDictionary(),
    });

    public Tale Runs(RunAccounts runs)
    {
        _runs = runs;
        return this;
    }

    public Tale MessagesMayDouble()
    {
        _mayDouble = true;
        return this;
    }

    public Tale Without(AccessEdge edge)
    {
        _edges.Remove(edge);
        return this;
    }

    /// <summary>Makes the last call last from that many calls ago, or further on.</summary>
    public Tale Lasting(int callsBefore = 0, int callsAfter = 0)
    {
        var last = _calls[^1];
        _calls[^1] = last with { Start = last.Start - (callsBefore * 20), End = last.End + (callsAfter * 20) };
        return this;
    }

    public Tale Remember(
        int id, string text = "a", Decision decision = Decision.Admitted, int? key = null, Visibility visibility = Visibility.Team,
        Outcome outcome = Outcome.Ok, string? fault = null, int version = 1, long seq = 1) => Add(new RememberCall
        {
            Client = 1, Start = 0, End = 0, Outcome = outcome, Fault = fault, Wording = new Wording(text, visibility), Origin = Origin,
            Key = key is { } number ? Key(number) : null,
            Answer = outcome == Outcome.Ok ? new RememberResult { Id = Id(id), Decision = decision, Reason = "", Version = version, Seq = seq } : null,
        });

    public Tale Patch(int id, int ifVersion, string text, Outcome outcome = Outcome.Ok, string? fault = null, int? answered = null, int? key = null) => Add(
        new PatchCall
        {
            Client = 1, Start = 0, End = 0, Outcome = outcome, Fault = fault, Id = Id(id), IfVersion = ifVersion, Text = text, Caller = Operator,
            Key = key is { } number ? Key(number) : null,
            Answer = outcome == Outcome.Ok ? Sighting(id, answered ?? (ifVersion + 1), text) : null,
        });

    public Tale Delete(int id, Outcome outcome = Outcome.Ok, string? fault = null, int? key = null) => Add(new DeleteCall
    {
        Client = 1, Start = 0, End = 0, Outcome = outcome, Fault = fault, Id = Id(id), Caller = Operator, Key = key is { } number ? Key(number) : null,
    });

    public Tale Forget(Outcome outcome = Outcome.Ok, params int[] deleted) => Add(new ForgetCall
    {
        Client = 1, Start = 0, End = 0, Outcome = outcome, Team = Team, Run = Run, Deleted = [.. deleted.Select(Id)],
    });

    public Tale Get(int id, int version, string text = "a", Caller? caller = null, Visibility visibility = Visibility.Team) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "get", Caller = caller ?? Operator, Wanted = Id(id),
        Seen = [Sighting(id, version, text, visibility)],
    });

    public Tale GetUsed(int id, long uses) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "get", Caller = Operator, Wanted = Id(id),
        Seen = [Sighting(id, 1, "a") with { Uses = uses }],
    });

    public Tale Recall(int id, bool isArchived = false) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "recall", Caller = ForAnn, Seen = [Sighting(id, 1, "a") with { IsArchived = isArchived }],
    });

    public Tale ListFinally(params (int Id, string Text, Visibility Visibility, int? CopyOf)[] seen) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "list", Caller = Operator, IsFinal = true,
        Seen =
        [
            .. seen.Select(memory => Sighting(memory.Id, 1, memory.Text, memory.Visibility) with
            {
                CopyOf = memory.CopyOf is { } source ? Id(source) : null, Origin = memory.CopyOf is null ? Origin : Origin with { Team = OtherTeam },
            }),
        ],
    });

    public Tale Report(int recall, int used, Outcome outcome = Outcome.Ok, bool isKnown = true) => Add(new OutcomeCall
    {
        Client = 1, Start = 0, End = 0, Outcome = outcome, IsKnown = outcome == Outcome.Ok && isKnown, Recall = new RecallId(Id(recall).Value), Used = [Id(used)],
    });

    public Tale GetNothing(int id, Caller? caller = null) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "get", Caller = caller ?? Operator, Wanted = Id(id),
    });

    public Tale List(params (int Id, int Version, string Text)[] seen) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "list", Caller = Operator, WholeTeam = Team,
        Seen = [.. seen.Select(memory => Sighting(memory.Id, memory.Version, memory.Text))],
    });

    /// <summary>A page of one memory, which stands for another; whatever else there is, is not on it.</summary>
    public Tale ListStanding(int id, string text, int standsFor) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "list", Caller = Operator, WholeTeam = Team,
        Seen = [Sighting(id, 1, text) with { StandsFor = [Id(standsFor)] }],
    });

    /// <summary>A page of insights, each over some memories.</summary>
    public Tale ListInsight(params (int Id, int[] Of)[] insights) => Add(new ReadCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, How = "list", Caller = Operator, WholeTeam = Team,
        Seen =
        [
            .. insights.Select(insight => Sighting(insight.Id, 1, "summary") with
            {
                StandsFor = [.. insight.Of.Select(Id)], DerivedFrom = [.. insight.Of.Select(Id)],
            }),
        ],
    });

    public Tale Timeline(string summary, Caller? caller = null) => Add(new TimelineCall
    {
        Client = 2, Start = 0, End = 0, Outcome = Outcome.Ok, Team = Team, Caller = caller ?? Operator, Summaries = [summary],
    });

    public Tale Edge(AccessEdge edge, bool isGrant, Outcome outcome = Outcome.Ok) => Add(new EdgeCall
    {
        Client = 0, Start = 0, End = 0, Outcome = outcome, Edge = edge, IsGrant = isGrant,
    });

    private Sighting Sighting(int id, int version, string text, Visibility visibility = Visibility.Team) => new()
    {
        Id = Id(id), Version = version, Wording = new Wording(text, visibility), Origin = Origin, FirstText = version == 1 ? text : null,
    };

    private Tale Add(Call call)
    {
        _calls.Add(call with { Start = _now, End = _now + 10 });
        _now += 20;
        return this;
    }
}
