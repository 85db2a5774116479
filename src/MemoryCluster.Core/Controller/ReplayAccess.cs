using MemoryCluster.Access;
using MemoryCluster.Admission.Runs;

namespace MemoryCluster.Controller;

/// <summary>On which runs a memory may be replayed.</summary>
internal sealed class ReplayAccess(ControllerEngineOptions options)
{
    /// <summary>
    /// The replayed run's own agent, for its own user, must be one who may see the memory, and the memory is of no other user's private talk.
    /// </summary>
    public bool MaySee(RunDraft replayed, Candidate candidate, RunDraft source, DirectorySnapshot directory)
    {
        var reader = new Caller { Tenant = options.Tenant, Key = replayed.WrittenBy, Team = options.Team, Agent = replayed.Agent, User = replayed.User };
        var label = RunWork.LabelOf(source) with { Agents = candidate.Agents };
        return AccessView.Of(reader, directory).MaySee(options.Team, Visibility.Team, label);
    }
}
