import type { FunctionPhrases } from './job-function-table.ts';

export const SPANISH: FunctionPhrases = {
  trades: {
    engineering: [
      'ingeniero, desarrollador, programador, ingeniero de software, arquitecto de software, arquitecta de software',
      'director técnico, desarrollador web, proyectista, delineante',
    ],
    it: [
      'administrador de sistemas, administrador de redes, técnico de sistemas, técnico informático',
      'ingeniero de sistemas, ingeniero informático, consultor sap, consultor erp, analista de sistemas',
      'jefe de sistemas, director de sistemas, analista funcional, director de informática',
      'administrador de bases de datos, director de ti, gerente de ti, soporte informático',
    ],
    data: ['analista de datos, científico de datos, ingeniero de datos, estadístico'],
    security: [
      'analista de seguridad informática, ingeniero de seguridad, responsable de ciberseguridad',
      'especialista en ciberseguridad',
    ],
    product: ['jefe de producto, jefa de producto, gerente de producto, director de producto, responsable de producto'],
    design: [
      'diseñador, diseñador gráfico, ilustrador, director creativo, directora creativa, director de arte, fotógrafo',
      'fotógrafa',
    ],
    marketing: [
      'publicista, mercadólogo, mercadóloga, redactor, community manager, relacionista, comunicador social, periodista',
    ],
    sales: [
      'vendedor, ejecutivo de ventas, ejecutiva de ventas, ejecutivo comercial, ejecutiva comercial',
      'ejecutivo de cuentas, ejecutiva de cuentas, ejecutivo de cuenta, ejecutiva de cuenta, asesor comercial',
      'asesor de ventas, comercial, delegado comercial, representante de ventas, representante comercial',
      'agente comercial, promotor de ventas, técnico comercial, gestor comercial, agente inmobiliario',
      'desarrollo de negocio, desarrollo de negocios, visitador médico, asesor inmobiliario, dependiente, dependienta',
      'director comercial, gerente comercial, ingeniero comercial, ingeniero de ventas, jefe de zona, jefe de ventas',
      'director de ventas, gerente de ventas, técnico de ventas',
    ],
    support: [
      'agente de atención al cliente, teleoperador, técnico de soporte, agente de servicio al cliente',
      'ingeniero de soporte',
    ],
    operations: [
      'jefe de planta, gerente de planta, director de planta, jefe de almacén, operario, jefe de producción',
      'director de operaciones, gerente de operaciones, chofer, conductor, transportista, jefe de obra, jefa de obra',
      'almacenero, mozo de almacén, jefe de turno, encargado de obra, director de fábrica, repartidor',
    ],
    finance: [
      'contador, contadora pública, contable, tesorero, auditor, controller financiero, economista, analista financiero',
      'director financiero, gerente financiero, gerente de finanzas, jefe de contabilidad, asesor financiero',
      'asesor fiscal, director administrativo financiero, administrador financiero, jefe de administración y finanzas',
      'gestor de cobros, bancario, jefe administrativo, asesor de seguros, corredor de seguros',
      'director de administración y finanzas',
    ],
    hr: [
      'reclutador, generalista de recursos humanos, técnico de selección, técnico de rrhh, director de personas',
      'psicólogo laboral, psicóloga laboral, formador interno',
    ],
    legal: [
      'abogado, notario, asesor jurídico, asesor legal, procurador, juez, jueza, oficial de cumplimiento, letrado',
      'delegado de protección de datos',
    ],
    procurement: ['comprador, jefe de compras, director de compras, gerente de compras, responsable de compras'],
    research: ['investigador, científico, químico, biólogo, bióloga, físico'],
    education: [
      'profesor, docente, maestro, maestra, director de escuela, decano, decana, catedrático, pedagogo, pedagoga',
      'educador, orientador, formador, director académico, rector',
    ],
    healthcare: [
      'médico, enfermero, farmacéutico, odontólogo, odontóloga, psicólogo, psicóloga, fisioterapeuta, veterinario',
      'terapeuta, cirujano, cirujana, nutricionista, matrona, director médico, auxiliar de enfermería, dentista',
      'logopeda',
    ],
    administration: [
      'secretario, secretaria de dirección, recepcionista, auxiliar administrativo, auxiliar administrativa',
      'asistente de dirección, asistente de gerencia, asistente administrativo, asistente administrativa',
      'asistente ejecutivo, asistente ejecutiva, auxiliar de oficina, adjunto a dirección',
    ],
  },
  fields: {
    engineering: ['ingeniería, software, desarrollo de software, tecnología, tecnologías, desarrollo web'],
    it: [
      'sistemas, informática, ti, tic, tecnologías de la información, tecnología de la información',
      'sistemas de información, infraestructura, transformación digital, redes',
    ],
    data: ['datos, base de datos, bases de datos, inteligencia de negocios, inteligencia artificial, analítica'],
    security: ['ciberseguridad, seguridad informática, seguridad de la información'],
    product: ['producto, productos'],
    design: ['diseño, diseño gráfico'],
    marketing: [
      'mercadeo, mercadotecnia, márketing, comunicación, comunicaciones, publicidad, marca, relaciones públicas, medios',
      'prensa, contenidos, redes sociales, comercio electrónico, eventos, marketing digital',
    ],
    sales: [
      'ventas, venta, comerciales, exportación, exportaciones, comercio exterior, negocios, cuentas clave',
      'grandes cuentas, canal, canales, alianzas, tienda',
    ],
    'customer-success': [
      'experiencia de cliente, experiencia del cliente, éxito del cliente, éxito de cliente, fidelización',
      'relación con el cliente',
    ],
    support: [
      'atención al cliente, servicio al cliente, soporte, soporte técnico, servicio técnico, postventa, posventa',
      'atención al usuario, mesa de ayuda, servicio postventa',
    ],
    operations: [
      'operaciones, producción, logística, calidad, almacén, almacenes, planta, mantenimiento, cadena de suministro',
      'fábrica, bodega, transporte, prevención de riesgos, prevención de riesgos laborales, seguridad industrial',
      'seguridad y salud, prl, abastecimiento y logística, inventarios, distribución, sostenibilidad, obra, obras',
      'medio ambiente',
    ],
    finance: [
      'finanzas, financiero, contabilidad, tesorería, administración y finanzas, auditoría, control de gestión',
      'impuestos, fiscal, créditos, cobranzas, facturación, inversiones, riesgos, banca, seguros',
    ],
    hr: [
      'recursos humanos, rrhh, rr hh, talento humano, talento, gestión humana, capital humano, personas, selección',
      'reclutamiento, nóminas, nómina, gestión de personas, relaciones laborales, selección de personal',
    ],
    legal: [
      'jurídico, legales, asuntos legales, cumplimiento, derecho, protección de datos, asuntos regulatorios',
      'cumplimiento normativo, asesoría jurídica',
    ],
    procurement: [
      'compras, adquisiciones, aprovisionamiento, aprovisionamientos, abastecimiento, suministros, contrataciones',
    ],
  },
  asides: {
    engineering: ['técnico, mecánico, electricista, instalador'],
    it: ['aplicaciones, programación'],
    security: ['seguridad'],
    design: ['arquitecto, arquitecta, creativo, creativa'],
    operations: ['proyecto, proyectos, procesos, organización, construcción, mejora continua'],
    hr: ['formación, capacitación'],
    research: ['investigación, investigación y desarrollo, i d, i d i, r d i, laboratorio, innovación'],
    education: ['educación, enseñanza, académico, escuela, colegio, universidad, estudios'],
    healthcare: ['salud, sanidad, hospital, clínica, médico asistencial, enfermería, farmacia, sanitario'],
    administration: ['administración, administrativo, administrativa, asistente, auxiliar, oficina, recepción'],
    'general-management': [
      'director general, dirección general, director gerente, gerente general, gerencia general, director ejecutivo',
      'directora ejecutiva, consejero delegado, ^consejero$, propietario, dueño, dueña, fundador, cofundador, socio',
      'socia, socio fundador, empresario, emprendedor, presidente, presidenta, administrador único, ^gerente$',
      'gerencia$, representante legal, autónomo, autónoma, vicepresidente ejecutivo, director regional',
      'gerente regional, director de zona, estrategia, director país, secretario general, delegado de zona',
    ],
  },
  nothing: ['ama de casa, socio cultural, socio laboral, personal de apoyo'],
  learners: [
    'estudiante, ^universitario$, alumno, alumna, opositor, doctorando, doctoranda, tesista, desempleado, jubilado',
    'en paro',
  ],
};
