using System.ComponentModel.DataAnnotations;

namespace XoBlazor.Core.Audit;

/// <summary>The audit's settings, section <c>Audit</c>; checked at start.</summary>
public sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    /// <summary>The folder the records lie in; set by the server to <c>audit</c> in its data folder.</summary>
    public string Folder { get; set; } = "";

    /// <summary>The file with the key that seals the chain; set by the server to <c>audit.key</c> among its keys.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Records older than this are removed, which is itself recorded. Null keeps all.</summary>
    public TimeSpan? RetentionAge { get; set; }

    public SyslogOptions Syslog { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetentionAge < TimeSpan.FromDays(1))
            yield return new("Audit:RetentionAge must be at least one day (write days as 365.00:00:00), or be left out to keep everything.", [nameof(RetentionAge)]);
        if (Syslog.Host is null)
            yield break;
        if (Syslog.Port is < 1 or > 65535)
            yield return new("Audit:Syslog:Port must lie between 1 and 65535; syslog over TLS usually has 6514.", [nameof(Syslog)]);
        if (Syslog.CertificateAuthorityFile is { } file && !File.Exists(file))
            yield return new($"Audit:Syslog:CertificateAuthorityFile names {file}, which does not exist.", [nameof(Syslog)]);
    }
}

/// <summary>Where records are sent as they are written: RFC 5424 over TLS (RFC 5425).</summary>
public sealed class SyslogOptions
{
    /// <summary>Name or address of the collector; null sends nothing.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 6514;

    /// <summary>A PEM file with the authorities that may have signed the collector's certificate; null takes the system's.</summary>
    public string? CertificateAuthorityFile { get; set; }
}
