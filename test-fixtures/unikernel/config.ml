(* mirage >= 4.11.0 & < 4.12.0 *)
open Mirage

(* What the unikernel is made of, for the mirage tool. "mirage configure -t virtio" takes its address by
   DHCP, which is the only way Compute Engine gives one. *)

(* From 3.24 on dune fails on the findlib file of ocaml-solo5 (github.com/ocaml/dune issue 16226). Either of
   the two alone would leave the solver no solution: dune is of the switch, dune-configurator of the sources. *)
let below_dune_3_24 =
  [
    package ~scope:`Switch ~build:true ~libs:[] ~max:"3.24" "dune";
    package ~libs:[] ~max:"3.24" "dune-configurator";
  ]

let main =
  main "Unikernel.Main"
    ~packages:(below_dune_3_24 @ [ package "duration"; package "logs"; package "cstruct" ])
    (stackv4v6 @-> job)

let () = register "site" [ main $ generic_stackv4v6 default_network ]
