using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Email;
using XoBlazor.Core.Notifications.WebHooks;

namespace XoBlazor.App.Data;

/// <summary>Keeps the mail server and the web hooks in the database, sealed, and gives them to their transports: at the start and with every change.</summary>
internal sealed class NotificationSettingsStore(IDbContextFactory<AppDatabase> databases, Sealed secrets, EmailTransport email, WebHookTransport hooks) : IHostedService
{
    private const string EmailName = "notifications/email";
    private const string HooksName = "notifications/web-hooks";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var kept = await database.Settings.AsNoTracking().Where(one => one.Name == EmailName || one.Name == HooksName).ToDictionaryAsync(one => one.Name, one => one.Value, cancellationToken);
        if (kept.TryGetValue(EmailName, out var mail))
            email.Settings = JsonSerializer.Deserialize<EmailSettings>(secrets.Open(mail));
        if (kept.TryGetValue(HooksName, out var all))
            hooks.Settings = JsonSerializer.Deserialize<WebHookSettings>(secrets.Open(all)) ?? WebHookSettings.None;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Fails with <see cref="NotificationException"/> for settings that cannot work.</summary>
    /// <param name="settings">Null for no mail server any more.</param>
    public async Task SaveAsync(EmailSettings? settings, CancellationToken token)
    {
        if (settings?.Fault() is { } fault)
            throw new NotificationException(fault);
        await SaveAsync(EmailName, settings, token);
        email.Settings = settings;
    }

    /// <inheritdoc cref="SaveAsync(EmailSettings?, CancellationToken)"/>
    public async Task SaveAsync(WebHookSettings settings, CancellationToken token)
    {
        if (settings.Fault() is { } fault)
            throw new NotificationException(fault);
        await SaveAsync(HooksName, settings, token);
        hooks.Settings = settings;
    }

    private async Task SaveAsync<T>(string name, T? value, CancellationToken token)
    {
        await using var database = await databases.CreateDbContextAsync(token);
        var entry = await database.Settings.SingleOrDefaultAsync(one => one.Name == name, token);
        if (value is null)
        {
            if (entry is not null)
                database.Settings.Remove(entry);
        }
        else if (secrets.Seal(JsonSerializer.Serialize(value)) is var text && entry is not null)
        {
            entry.Value = text;
        }
        else
        {
            database.Settings.Add(new SettingEntry { Name = name, Value = text });
        }

        await database.SaveChangesAsync(token);
    }
}
