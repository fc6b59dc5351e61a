using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Accounts.Resets;

/// <summary>
/// How the command line reaches the server that runs on the same data: a sealed request in the database, and the server's answer in its
/// place. Only whoever may write the data directory and read its keys can leave one.
/// </summary>
internal sealed class ResetMailbox(DataDirectory data, Sealed secrets)
{
    private const string Prefix = "UserReset:";
    private const string Waiting = "waiting";

    /// <summary>The command line's side: it never makes keys, which would not be the server's to read.</summary>
    public static ResetMailbox Beside(DataDirectory data) => new(data, new Sealed(
        DataProtectionProvider.Create(new DirectoryInfo(data.KeysFolder), keys => keys.SetApplicationName(KeyRing.Application).DisableAutomaticKeyGeneration())));

    /// <summary>Leaves a request and returns its name.</summary>
    public string Leave(ResetRequest request)
    {
        var name = $"{Prefix}{Guid.NewGuid():N}";
        Execute("INSERT INTO Settings (Name, Value) VALUES ($name, $value)", name, secrets.Seal(JsonSerializer.Serialize(new Letter(Waiting, request))));
        return name;
    }

    /// <summary>The server's answer: empty when it is done, else why not; null as long as there is none.</summary>
    public string? Answer(string name) =>
        Read(name) is { State: not Waiting } answered ? answered.State : null;

    public void Remove(string name) => Execute("DELETE FROM Settings WHERE Name = $name", name, "");

    /// <summary>The server's side: requests without an answer.</summary>
    public IReadOnlyList<(string Name, ResetRequest Request)> Open()
    {
        var names = new List<string>();
        using (var connection = Connect())
        {
            using var ask = connection.CreateCommand();
            ask.CommandText = $"SELECT Name FROM Settings WHERE Name >= '{Prefix}' AND Name < '{Prefix}~'";
            using var rows = ask.ExecuteReader();
            while (rows.Read())
                names.Add(rows.GetString(0));
        }
        return [.. names.Select(name => (name, Read(name))).Where(one => one.Item2 is { State: Waiting, Request: not null }).Select(one => (one.name, one.Item2!.Request!))];
    }

    public void Reply(string name, string answer) =>
        Execute("UPDATE Settings SET Value = $value WHERE Name = $name", name, secrets.Seal(JsonSerializer.Serialize(new Letter(answer, null))));

    private Letter? Read(string name)
    {
        using var connection = Connect();
        using var ask = connection.CreateCommand();
        ask.CommandText = "SELECT Value FROM Settings WHERE Name = $name";
        ask.Parameters.AddWithValue("$name", name);
        return ask.ExecuteScalar() is string value ? JsonSerializer.Deserialize<Letter>(secrets.Open(value)) : null;
    }

    private void Execute(string text, string name, string value)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = data.DatabaseFile, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private sealed record Letter(string State, ResetRequest? Request);
}
