using System.CommandLine;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.Resets;
using XoBlazor.App.Administration;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Cli;

/// <summary><c>xo-blazor user list</c> and <c>user reset NAME</c>: the way in for whoever rules the machine, also while a server runs.</summary>
internal sealed class UserVerb : Command
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public UserVerb(CommonOptions common, Func<ServerStart, WebApplication> build)
        : base("user", "List the users, or let one in again who lost password or second factor")
    {
        var list = new Command("list", "List the users of this server");
        list.SetAction(parsed => UserList.Print(Existing(common.Data(parsed))));
        Add(list);

        var name = new Argument<string>("NAME") { Description = "The name to sign in with" };
        var typed = new Option<bool>("--password-stdin") { Description = "Read the new password from standard input instead of making one" };
        var administrator = new Option<bool>("--administrator") { Description = "Make the user an administrator" };
        var reset = new Command("reset", "Set a new password, enable the user, and take second factors away") { name, typed, administrator };
        reset.SetAction((parsed, token) => ResetAsync(
            Existing(common.Data(parsed)), parsed.GetRequiredValue(name), parsed.GetValue(typed), parsed.GetValue(administrator), common, build, token));
        Add(reset);
    }

    private static async Task<int> ResetAsync(
        DataDirectory data, string name, bool isTyped, bool isAdministrator, CommonOptions common, Func<ServerStart, WebApplication> build, CancellationToken token)
    {
        var password = isTyped ? await Console.In.ReadLineAsync(token) ?? "" : GeneratedPassword.Make();
        var request = new ResetRequest(name, password, !isTyped, isAdministrator, Environment.UserName);
        var held = DataLock.TryTake(data);
        if (held is null)
        {
            await AskServerAsync(data, request, TimeProvider.System, token);
        }
        else
        {
            held.Dispose();
            await DoAsync(new ServerStart(data, null, Demo: false, common.Overrides), request, build, token);
        }

        Console.WriteLine(isTyped ? $"{name} can sign in with the new password." : $"{name} can sign in with this password, once, and then chooses another: {password}");
        return 0;
    }

    // No server runs: its services without its web.
    private static async Task DoAsync(ServerStart start, ResetRequest request, Func<ServerStart, WebApplication> build, CancellationToken token)
    {
        start.Data.Prepare();
        await using var app = build(start);
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync(token);
        try
        {
            app.Services.GetRequiredService<AuditLog>().Open();
            await app.Services.GetRequiredService<AccountReset>().RunAsync(request, token);
        }
        catch (Exception refused) when (refused is AdministrationRefusedException or AuditException)
        {
            throw new StartupException(refused.Message, refused);
        }
    }

    private static async Task AskServerAsync(DataDirectory data, ResetRequest request, TimeProvider time, CancellationToken token)
    {
        var mailbox = ResetMailbox.Beside(data);
        var letter = mailbox.Leave(request);
        try
        {
            for (var end = time.GetUtcNow() + s_patience; time.GetUtcNow() < end; await Task.Delay(s_look, time, token))
                if (mailbox.Answer(letter) is { } answer)
                {
                    if (answer.Length > 0)
                        throw new StartupException(answer);
                    return;
                }
            throw new StartupException("The running server did not take the request. Restart it, or stop it and run the command again.");
        }
        finally
        {
            mailbox.Remove(letter);
        }
    }

    private static DataDirectory Existing(DataDirectory data) => File.Exists(data.DatabaseFile)
        ? data
        : throw new StartupException($"There is no database in {data.Root}. Name the server's data directory with --data-dir DIR.");
}
