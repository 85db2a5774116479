using Microsoft.Extensions.Options;

namespace MemoryCluster.Embedders;

/// <summary>What a chat service needs beyond ranges.</summary>
internal sealed class ChatServiceValidator : IValidateOptions<ChatClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ChatClientOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        result.RequireService("Chat", options.Endpoint, options.Model, "http://localhost:11434/v1");
        return result.Build();
    }
}
