using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Cli;

/// <summary>The users as a table on the console, read beside a running server.</summary>
internal static class UserList
{
    public static int Print(DataDirectory data)
    {
        var source = new SqliteConnectionStringBuilder { DataSource = data.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        using var database = new AppDatabase(new DbContextOptionsBuilder<AppDatabase>().UseSqlite(source.ToString()).Options);
        try
        {
            var administrators = database.Grants.Administrators();
            var users = database.Users.AsNoTracking().OrderBy(one => one.NormalizedUserName).Select(one => new
            {
                one.UserName,
                one.IsDisabled,
                one.DirectoryId,
                one.TwoFactorEnabled,
                one.LastSignIn,
                IsAdministrator = administrators.Any(grant => (grant.SubjectKind == SubjectKind.User && grant.SubjectId == one.Id)
                    || (grant.SubjectKind == SubjectKind.Group && database.GroupMembers.Any(member => member.AccountId == one.Id && member.GroupId == grant.SubjectId))),
            }).ToList();
            Line("NAME", "STATE", "KEPT", "ROLE", "LAST SIGN-IN");
            foreach (var user in users)
                Line(Printable(user.UserName), user.IsDisabled ? "disabled" : "enabled", user.DirectoryId is null ? "here" : "directory",
                    user.IsAdministrator ? "administrator" : "", user.LastSignIn is { } last ? $"{last:u}" : "never");
            return 0;
        }
        catch (SqliteException problem)
        {
            throw new StartupException($"The users in {data.DatabaseFile} cannot be read: {problem.Message.TrimEnd('.')}. If it was written by an older version, start the server once.", problem);
        }
    }

    private static void Line(string name, string state, string kept, string role, string last) =>
        Console.WriteLine($"{name,-32} {state,-9} {kept,-10} {role,-14} {last}".TrimEnd());

    private static string Printable(string? name) => string.Concat((name ?? "").Select(letter => char.IsControl(letter) ? '?' : letter));
}
