using System.ComponentModel.DataAnnotations;
using System.Net;

namespace XoBlazor.Core.Transfers.Remote;

/// <summary>Where files may be fetched from (<c>Transfers:*</c>).</summary>
public sealed class RemoteFileOptions : IValidatableObject
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Transfers";

    /// <summary>
    /// Networks besides the public Internet, such as <c>192.168.10.0/24</c>: whoever may import from addresses reaches every server in them with our address. Loopback and
    /// link-local addresses are as much to be named as others.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    internal IEnumerable<IPNetwork> Allowed => AllowedNetworks.Select(text => IPNetwork.Parse(text));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        AllowedNetworks.Where(text => !IPNetwork.TryParse(text, out _)).Select(text => new ValidationResult($"{Section}:AllowedNetworks: '{text}' is no network such as 192.168.10.0/24."));
}
