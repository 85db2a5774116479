using Orleans;
using Orleans.Runtime;

namespace MemoryCluster.LocalEngine.Tests.Grains;

internal sealed class StateGrain([PersistentState("page", "books")] IPersistentState<Page> page, [PersistentState("spare")] IPersistentState<Page> spare)
    : Grain, IStateGrain
{
    public Task<string> ReadAsync() => Task.FromResult($"{page.State.Text}|{string.Join(',', page.State.Past)}|{page.RecordExists}|{spare.RecordExists}");

    public Task WriteAsync(string text)
    {
        ScribbleAsync(text);
        return page.WriteStateAsync();
    }

    public Task ScribbleAsync(string text)
    {
        page.State.Past.Add(page.State.Text);
        page.State.Text = text;
        return Task.CompletedTask;
    }

    public Task ClearAsync() => page.ClearStateAsync();

    public Task EndAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
