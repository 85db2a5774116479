using System.Globalization;

namespace MemoryCluster.Simulations.Scenarios;

/// <summary>A client that does one random thing after another.</summary>
internal sealed class RandomClient(int number, Voice voice, Notebook notebook, Random random, Func<TimeSpan, Task> delay)
{
    private const int ThinkingTimeMaxMs = 900;

    private static readonly ImmutableArray<string> Subjects = ["deploy", "invoice", "login", "cache", "report", "parser"];
    private static readonly ImmutableArray<string> Predicates = ["needs a retry", "fails on Mondays", "takes two hours", "wants a flag", "is owned by ops"];

    private static readonly ImmutableArray<string> Helpers = ["support", "finance", "security", "nobody"];

    private readonly List<(TeamId Team, AgentId Agent, MemoryDraft Draft, OperationId Operation)> _keyed = [];
    private readonly Dictionary<TeamId, long> _lastSeq = [];
    private int _lastText;

    public async Task RunAsync(int actions)
    {
        for (var action = 0; action < actions; action++)
        {
            await delay(TimeSpan.FromMilliseconds(random.Next(ThinkingTimeMaxMs)));
            await ActAsync();
        }
    }

    private Task ActAsync() => random.Next(100) switch
    {
        < 30 => RememberAsync(),
        < 34 => RememberManyAsync(),
        < 40 => RepeatAsync(),
        _ when notebook.IsEmpty => RememberAsync(),
        < 56 => GetAsync(),
        < 70 => PatchAsync(),
        < 78 => DeleteAsync(),
        < 81 => voice.ForgetAsync(Cast.Any(Cast.Teams, random), Cast.Any(Cast.Runs, random)),
        < 85 => ListAsync(AnyCaller()),
        < 88 => TimelineAsync(AnyCaller()),
        < 91 => ConsolidateAsync(),
        _ => RecallAsync(),
    };

    private async Task RememberAsync()
    {
        var (team, agent, draft) = Draft();
        var operation = NextOperation();
        if (operation is { } keyed)
        {
            _keyed.Add((team, agent, draft, keyed));
        }

        if (Note(await voice.RememberAsync(team, agent, draft, operation), team, draft) is null && operation is not null && random.Next(4) > 0)
        {
            await RepeatAsync(_keyed[^1]);
        }
    }

    private async Task RememberManyAsync()
    {
        var (team, agent, first) = Draft();
        var others = Enumerable.Range(0, random.Next(1, 3)).Select(_ => first with { Text = NextText() });
        await voice.RememberManyAsync(team, agent, [first, .. others]);
    }

    // A repetition after a time-out, or long after; now and then the key comes with another body, which must be refused.
    private Task RepeatAsync() => _keyed.Count == 0 ? RememberAsync() : RepeatAsync(_keyed[random.Next(_keyed.Count)]);

    private async Task RepeatAsync((TeamId Team, AgentId Agent, MemoryDraft Draft, OperationId Operation) keyed)
    {
        var (team, agent, draft, operation) = keyed;
        if (random.Next(6) == 0)
        {
            draft = draft with { Text = NextText() };
            operation = operation with { Body = NextGuid() };
        }

        Note(await voice.RememberAsync(team, agent, draft, operation), team, draft);
    }

    private async Task GetAsync()
    {
        var known = notebook.Any(random);
        if (await voice.GetAsync(known.Id, AnyCaller()) is { } found)
        {
            notebook.Note(found.Id, found.Version, found.Text);
        }
    }

    private async Task PatchAsync()
    {
        var known = notebook.Any(random);
        var text = random.Next(3) > 0 ? NextText() : null;
        Visibility? visibility = text is null || random.Next(3) == 0 ? AnyVisibility() : null;
        var command = new PatchCommand
        {
            Id = known.Id, IfVersion = known.Version, Text = text, Visibility = visibility, Operation = NextOperation(),
        };
        var caller = random.Next(3) > 0 ? Cast.Operator : AnyCaller();
        var changed = await voice.PatchAsync(command, caller);
        if (changed is null && command.Operation is not null)
        {
            changed = await voice.PatchAsync(command, caller);
        }

        if (changed is not null)
        {
            notebook.Note(changed.Id, changed.Version, changed.Text);
        }
    }

    private async Task DeleteAsync()
    {
        var command = new DeleteCommand(notebook.Any(random).Id, CascadeDerived: false, NextOperation());
        var caller = random.Next(3) > 0 ? Cast.Operator : AnyCaller();
        if (await voice.DeleteAsync(command, caller) is null && command.Operation is not null)
        {
            await voice.DeleteAsync(command, caller);
        }
    }

    private async Task ListAsync(Caller caller) => await voice.ListAsync(caller.Team ?? Cast.Any(Cast.Teams, random), caller);

    private Task<TimelinePage?> TimelineAsync(Caller caller) =>
        voice.TimelineAsync(caller.Team ?? Cast.Any(Cast.Teams, random), caller, Cast.Any(Cast.Timelines, random) with { Level = random.Next(4) });

    private async Task ConsolidateAsync()
    {
        if (notebook.Consolidations.Count > 0 && random.Next(3) == 0)
        {
            var (team, id) = notebook.Consolidations[random.Next(notebook.Consolidations.Count)];
            await voice.UndoAsync(team, id);
            return;
        }

        var consolidated = Cast.Any(Cast.Teams, random);
        var report = await voice.ConsolidateAsync(consolidated);
        notebook.Consolidations.AddRange((report?.Steps ?? []).Select(step => (consolidated, step.Id)));
    }

    private async Task RecallAsync()
    {
        var caller = AnyCaller();
        var team = caller.Team ?? Cast.Any(Cast.Teams, random);
        var text = random.Next(2) == 0 ? notebook.Any(random).Text ?? Cast.Any(Subjects, random) : Cast.Any(Subjects, random);
        var answer = await voice.RecallAsync(team, caller, text, _lastSeq.TryGetValue(team, out var seq) ? seq : null);
        foreach (var hit in answer?.Hits.Take(2) ?? [])
        {
            notebook.Note(hit.Memory.Id, hit.Memory.Version, hit.Memory.Text);
        }

        if (answer is { Hits.IsEmpty: false } && random.Next(2) == 0)
        {
            await voice.ReportAsync(team, caller, answer, random.NextDouble());
            if (random.Next(3) == 0)
            {
                await voice.ReportAsync(team, caller, answer, random.NextDouble());
            }
        }
    }

    private (TeamId Team, AgentId Agent, MemoryDraft Draft) Draft()
    {
        if (notebook.Said.Count > 0 && random.Next(5) == 0)
        {
            var (saidIn, saidBy, said) = notebook.Said[random.Next(notebook.Said.Count)];
            // by another agent now and then: that is what consolidation finds
            return (saidIn, random.Next(2) == 0 ? saidBy : Cast.AgentOf(saidIn, random), said with { Text = random.Next(2) == 0 ? said.Text : Near(said.Text) });
        }

        var team = Cast.Any(Cast.Teams, random);
        var agent = Cast.AgentOf(team, random);
        var visibility = AnyVisibility();
        UserId? user = visibility == Visibility.Private || random.Next(2) == 0 ? Cast.Any(Cast.Users, random) : null;
        var kind = random.Next(4) switch { 0 => MemoryKind.Event, 1 => MemoryKind.Lesson, _ => MemoryKind.Fact };
        var draft = new MemoryDraft
        {
            Text = kind == MemoryKind.Lesson ? NextAdvice() : NextText(),
            Kind = kind,
            Visibility = visibility,
            User = user,
            Run = random.Next(2) == 0 ? Cast.Any(Cast.Runs, random) : null,
            Resources = random.Next(3) == 0 ? [Cast.Any(Cast.Resources, random)] : [],
            Source = random.Next(3) == 0 ? new SourceRef { Session = "s", Turn = NextTurn() } : null,
            WrittenBy = Cast.Key,
        };
        notebook.Said.Add((team, agent, draft));
        return (team, agent, draft);
    }

    private RememberResult? Note(RememberResult? answer, TeamId team, MemoryDraft draft)
    {
        if (answer is not null)
        {
            _lastSeq[team] = answer.Seq;
        }

        if (answer is { Decision: Decision.Admitted or Decision.Merged })
        {
            notebook.Note(answer.Id, answer.Version, draft.Text);
        }

        return answer;
    }

    // Mostly an agent that serves a user, for that is where access decides; now and then the operator, who sees everything there is.
    private Caller AnyCaller()
    {
        var team = Cast.Any(Cast.Teams, random);
        var agent = Cast.AgentOf(team, random);
        var user = Cast.Any(Cast.Users, random);
        return random.Next(10) switch
        {
            < 4 => Cast.Operator,
            < 8 => Cast.Operator with { Team = team, Agent = agent, User = user },
            8 => Cast.Operator with { Team = team, Agent = agent },
            _ => Cast.Operator with { User = user },
        };
    }

    private Visibility AnyVisibility() => random.Next(4) switch { 0 => Visibility.Private, 1 => Visibility.Shared, _ => Visibility.Team };

    private string NextText() => string.Create(
        CultureInfo.InvariantCulture, $"The {Cast.Any(Subjects, random)} {Cast.Any(Predicates, random)} as client {number} saw in case {number}-{++_lastText}");

    // So much alike that there are families of it.
    private string NextAdvice() => $"Whenever the {Cast.Any(Subjects, random)} {Cast.Any(Predicates, random)}, tell {Cast.Any(Helpers, random)} and wait";

    private static string Near(string text) => $"{text.ToLowerInvariant()}.";

    private string NextTurn() => random.Next(20).ToString(CultureInfo.InvariantCulture);

    private OperationId? NextOperation() => random.Next(2) == 0 ? new OperationId(NextGuid(), NextGuid()) : null;

    private Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
