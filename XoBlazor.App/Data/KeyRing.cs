using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Data;

/// <summary>
/// Guards the pair of database and keys: the database holds one sealed word, and a server that cannot open it does not start, so
/// that nothing is ever sealed anew over secrets that the right keys could still open.
/// </summary>
internal static class KeyRing
{
    internal const string CheckName = "KeyCheck";
    internal const string CheckWord = "sealed with the right keys";
    internal const string Application = "XoBlazor";

    public static void AddKeyRing(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.Services.AddDataProtection().SetApplicationName(Application).PersistKeysToFileSystem(new DirectoryInfo(data.KeysFolder));
        builder.Services.AddSingleton<Sealed>();
    }

    /// <summary>Refuses when the database was sealed with other keys than those in <paramref name="keysFolder"/>. Writes nothing.</summary>
    public static void Check(string databaseFile, string keysFolder)
    {
        if (!File.Exists(databaseFile) || SealedWord(databaseFile) is not { } word)
            return;

        if (!Directory.Exists(keysFolder) || !Directory.EnumerateFiles(keysFolder, "*.xml").Any())
            throw new StartupException($"The keys that open the secrets in {databaseFile} are missing from {keysFolder}. Put that folder back, or restore a backup; nothing was changed.");

        try
        {
            var provider = DataProtectionProvider.Create(new DirectoryInfo(keysFolder), protection => protection.SetApplicationName(Application).DisableAutomaticKeyGeneration());
            if (new Sealed(provider).Open(word) == CheckWord)
                return;
        }
        catch (CryptographicException)
        {
        }
        throw new StartupException($"The keys in {keysFolder} are not those that sealed the secrets in {databaseFile}. Put the right keys back, or restore a backup; nothing was changed.");
    }

    private static string? SealedWord(string databaseFile)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var ask = connection.CreateCommand();
        ask.CommandText = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'Settings'";
        if ((long)ask.ExecuteScalar()! == 0)
            return null;

        ask.CommandText = "SELECT Value FROM Settings WHERE Name = $name";
        ask.Parameters.AddWithValue("$name", CheckName);
        return ask.ExecuteScalar() as string;
    }
}
