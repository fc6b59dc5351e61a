using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>What copies between pools have made and will take away again, after a restart too.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123080000_Leftovers")]
    public partial class Leftovers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
            name: "Leftovers",
            columns: table => new
            {
                Mark = table.Column<string>(type: "TEXT", nullable: false),
                Act = table.Column<long>(type: "INTEGER", nullable: false),
                FromPool = table.Column<string>(type: "TEXT", nullable: false),
                Vm = table.Column<string>(type: "TEXT", nullable: false),
                ToPool = table.Column<string>(type: "TEXT", nullable: false),
                Snapshot = table.Column<string>(type: "TEXT", nullable: false),
                Made = table.Column<string>(type: "TEXT", nullable: false),
                IsKept = table.Column<bool>(type: "INTEGER", nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Leftovers", x => x.Mark));

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "Leftovers");
    }
}
