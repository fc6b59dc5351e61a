using System.Security.Cryptography;
using System.Text.Json.Nodes;
using XoBlazor.App.Data;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>
/// A plugin that is asked whose a name and a password are, after this server and the directories. It is never told a password of somebody whom another one vouches for, as far as the name
/// tells; for these it is asked of a name that nobody has, so that all take the same time.
/// </summary>
internal sealed class PluginPasswordProvider(string plugin, AccountSource source, PluginQuestions questions, TimeProvider time) : IPasswordProvider
{
    private const int LongestName = 256;
    private const int LongestPassword = 1024;

    private static readonly TimeSpan s_refusal = TimeSpan.FromSeconds(1);

    public bool IsAsked => true;

    public AccountSource? Find(Guid id) => source.Id == id ? source : null;

    public async Task<ProviderAnswer> ProveAsync(PasswordQuestion question, CancellationToken token) =>
        question.Known is { } known && known.DirectoryId != source.Id ? await RefuseAsync(question, token) : await InTurnAsync(question, null, token);

    public async Task<ProviderAnswer.Refused> RefuseAsync(PasswordQuestion question, CancellationToken token)
    {
        if (IsEmpty(question))
            return NoPassword();
        var begun = time.GetTimestamp();
        var refused = new ProviderAnswer.Refused(ProviderRefusal.UnknownName, $"{source.Name} was not asked about the name");
        try
        {
            await AskAsync(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), question.Address, token);
        }
        catch (ProviderException trouble)
        {
            refused = Trouble(trouble);
        }
        return await LaterAsync(refused, begun, token);
    }

    public async Task<ProviderAnswer> ProveAgainAsync(Account account, PasswordQuestion question, CancellationToken token) => await InTurnAsync(question, account.DirectoryUserId, token);

    /// <param name="subject">Who it has to be; null for whoever it is.</param>
    private async Task<ProviderAnswer> InTurnAsync(PasswordQuestion question, string? subject, CancellationToken token)
    {
        if (IsEmpty(question))
            return NoPassword();
        var begun = time.GetTimestamp();
        ProviderAnswer answer = new ProviderAnswer.Refused(ProviderRefusal.WrongPassword, $"{source.Name} does not vouch for the name and password");
        try
        {
            var notTried = await question.Guesses.TryAsync(source, question.Name, question.Address, async () =>
            {
                if (await AskAsync(question.Name.Trim(), question.Password, question.Address, token) is RedirectAnswer.Accepted { Person: var person } && (subject is null || person.Id == subject))
                    answer = new ProviderAnswer.Accepted(source, person);
                return answer is ProviderAnswer.Refused;
            });
            if (notTried is not null)
                answer = new ProviderAnswer.Refused(ProviderRefusal.Locked, notTried);
        }
        catch (ProviderException trouble)
        {
            answer = Trouble(trouble);
        }
        return answer is ProviderAnswer.Refused refused ? await LaterAsync(refused, begun, token) : answer;
    }

    private async Task<RedirectAnswer> AskAsync(string name, string password, string? address, CancellationToken token) => PluginAnswers.Read(plugin, source.Name,
        await questions.AskAsync(plugin, source.Name, "auth.password", new JsonObject { ["user"] = name, ["password"] = password, ["address"] = address }, token));

    // The time that a refusal takes tells nothing, unless the plugin itself dawdles.
    private async Task<ProviderAnswer.Refused> LaterAsync(ProviderAnswer.Refused refused, long begun, CancellationToken token)
    {
        if (s_refusal - time.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, time, token);
        return refused;
    }

    private static bool IsEmpty(PasswordQuestion question) =>
        string.IsNullOrWhiteSpace(question.Password) || question.Password.Length > LongestPassword || question.Name.Trim() is not { Length: > 0 and <= LongestName } || question.Name.Any(char.IsControl);

    private static ProviderAnswer.Refused NoPassword() => new(ProviderRefusal.NoPassword, "no name or password was given, or one that is too long");

    private static ProviderAnswer.Refused Trouble(ProviderException trouble) => new(ProviderRefusal.Trouble, trouble.Message) { Troubles = [trouble.Message] };
}
