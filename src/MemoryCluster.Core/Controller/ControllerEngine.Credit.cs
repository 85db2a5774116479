using MemoryCluster.Access;
using MemoryCluster.Admission.Replay;
using MemoryCluster.Admission.Runs;
using MemoryCluster.Diffusion;

namespace MemoryCluster.Controller;

public sealed partial class ControllerEngine
{
    /// <summary>What each of some memories added to a run, by leaving it out; null where that cannot be said.</summary>
    /// <param name="id">The run.</param>
    /// <param name="used">The memories, as they stand.</param>
    /// <param name="caller">Who asks, and must see the run.</param>
    /// <param name="directory">Who may see what: a memory that the run's own agent may not see is not put to it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImmutableArray<double>?> CreditAsync(
        RunId id, ImmutableArray<MemoryRecord> used, Caller caller, DirectorySnapshot directory, CancellationToken cancellationToken)
    {
        await _writer.ConfirmCurrentAsync(cancellationToken);
        if (used.Length > LeaveOneOut.MemoriesMax || _state.Find(id) is not { } run || !MaySee(AccessView.Of(caller, directory), run))
        {
            return null;
        }

        var reader = new Caller { Tenant = _options.Tenant, Key = run.Run.WrittenBy, Team = _options.Team, Agent = run.Run.Agent, User = run.Run.User };
        var view = AccessView.Of(reader, directory);
        return used.All(view.MaySee) ? LeaveOneOut.Of([.. used.Select(ReadOf)], _state.ContextOf(run)) : null;
    }

    // What a run taught answers that run's question; of anything else its own words tell what one would look it up for.
    private ReplayedMemory ReadOf(MemoryRecord memory)
    {
        if (_state.Of(memory.Id).Select(candidate => candidate.Content).FirstOrDefault(content => content?.Text == memory.Text) is { } taught)
        {
            return new ReplayedMemory(taught);
        }

        var said = memory.Diffusion is null ? memory.Text : GeneralForm.WithoutPlaceholders(memory.Text);
        return new ReplayedMemory(new Candidate { Step = 0, Kind = memory.Kind, Agents = memory.Provenance.Agents, Question = said, Text = said });
    }
}
