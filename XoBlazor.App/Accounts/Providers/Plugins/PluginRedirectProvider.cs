using System.Text.Json.Nodes;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>A plugin that sends browsers to a page of its choice.</summary>
internal sealed class PluginRedirectProvider(string plugin, AccountSource source, PluginQuestions questions) : IRedirectProvider
{
    public string Key => plugin;

    public string Label => source.Name;

    public AccountSource Source => source;

    public async Task<RedirectBegun> BeginAsync(RedirectQuestion question, CancellationToken token) =>
        PluginAnswers.ReadBegun(source.Name, await questions.AskAsync(plugin, source.Name, "auth.begin", Parameters(question), token));

    public async Task<RedirectAnswer> CompleteAsync(RedirectReturn back, CancellationToken token)
    {
        var parameters = Parameters(back.Question);
        (parameters["query"], parameters["memo"]) = (new JsonObject(back.Query.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))), back.Memo);
        return PluginAnswers.Read(plugin, source.Name, await questions.AskAsync(plugin, source.Name, "auth.complete", parameters, token));
    }

    public async Task<Uri?> SignOutAsync(Uri back, CancellationToken token)
    {
        try
        {
            return PluginAnswers.ReadBegun(source.Name, await questions.AskAsync(plugin, source.Name, "auth.signOut", new JsonObject { ["callback"] = back.AbsoluteUri }, token)).Address;
        }
        catch (ProviderException)
        {
            // Whoever does not know the question offers nothing.
            return null;
        }
    }

    private static JsonObject Parameters(RedirectQuestion question) =>
        new() { ["callback"] = question.Callback.AbsoluteUri, ["state"] = question.State, ["again"] = question.IsAgain };
}
