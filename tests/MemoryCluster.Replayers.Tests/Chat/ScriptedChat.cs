using Microsoft.Extensions.AI;

namespace MemoryCluster.Replayers.Tests.Chat;

/// <summary>A model that answers as the test says, and remembers what it was asked.</summary>
internal sealed class ScriptedChat(Func<string, ChatResponse> answer) : IChatClient
{
    public List<(string System, string User, ChatOptions? Options)> Asked { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToArray();
        Asked.Add((all[0].Text, all[1].Text, options));
        return Task.FromResult(answer(all[1].Text));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
